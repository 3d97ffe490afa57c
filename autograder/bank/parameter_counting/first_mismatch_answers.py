import numpy as np
import torch
from torch import nn

# %% reference
def first_mismatch(pairs):
    for i in range(1, len(pairs)):
        if pairs[i][0] != pairs[i - 1][1]:
            return i
    return None

def repair(pairs):
    repaired = [pairs[0]]
    for _, n_out in pairs[1:]:
        repaired.append((repaired[-1][1], n_out))
    return repaired

# %% alternative: keep_the_inputs
def first_mismatch(pairs):
    joints = zip(pairs, pairs[1:])
    return next((i for i, ((_, left), (right, _)) in enumerate(joints, start=1) if left != right), None)

def repair(pairs):
    outs = [n_in for n_in, _ in pairs[1:]] + [pairs[-1][1]]
    return [[n_in, n_out] for (n_in, _), n_out in zip(pairs, outs)]

# %% alternative: numpy
def first_mismatch(pairs):
    pairs = np.array(pairs)
    bad = np.flatnonzero(pairs[1:, 0] != pairs[:-1, 1])
    return bad[0] + 1 if bad.size else None

def repair(pairs):
    pairs = np.array(pairs)
    pairs[1:, 0] = pairs[:-1, 1]
    return pairs

# %% alternative: try_it
def first_mismatch(pairs):
    x = torch.zeros(1, pairs[0][0])
    for i, (n_in, n_out) in enumerate(pairs):
        try:
            x = nn.Linear(n_in, n_out)(x)
        except RuntimeError:
            return i

def repair(pairs):
    pairs = list(pairs)
    while (i := first_mismatch(pairs)) is not None:
        pairs[i - 1] = (pairs[i - 1][0], pairs[i][0])
    return tuple(pairs)

# %% alternative: the_narrower
def first_mismatch(pairs, at=1):
    if at >= len(pairs):
        return None
    return at if pairs[at - 1][1] != pairs[at][0] else first_mismatch(pairs, at + 1)

def repair(pairs):
    sizes = [pairs[0][0], *(min(a[1], b[0]) for a, b in zip(pairs, pairs[1:])), pairs[-1][1]]
    return list(zip(sizes, sizes[1:]))

# %% mistake: counts_so_it_runs
# You found nothing to repair. The layers can be counted one by one, but a sample that leaves a layer must fit into the next.
# ? How many numbers leave nn.Linear(4, 69), and how many does nn.Linear(269, 1) ask for?
def first_mismatch(pairs):
    total = sum(n_in * n_out + n_out for n_in, n_out in pairs)
    return None if total > 0 else 0

def repair(pairs):
    return list(pairs)

# %% mistake: compares_in_in
# You compared the inputs of two layers with each other. What must agree is one layer's output and the next one's input.
# ? Which two of the four numbers in (92, 4), (4, 69) touch each other?
def first_mismatch(pairs):
    for i in range(1, len(pairs)):
        if pairs[i][0] != pairs[i - 1][0]:
            return i
    return None

def repair(pairs):
    repaired = [pairs[0]]
    for _, n_out in pairs[1:]:
        repaired.append((repaired[-1][1], n_out))
    return repaired

# %% mistake: off_by_one
# You found the right joint, but your number is one off: layers are counted from 0, and the layer after the joint is wanted.
# ? Which number does the very first layer have, and on which side of the joint is the layer that does not fit?
def first_mismatch(pairs):
    for number, (before, after) in enumerate(zip(pairs, pairs[1:]), start=2):
        if before[1] != after[0]:
            return number
    return None

def repair(pairs):
    repaired = [pairs[0]]
    for _, n_out in pairs[1:]:
        repaired.append((repaired[-1][1], n_out))
    return repaired

# %% wrong: known_answers
def first_mismatch(pairs):
    return {3: 2 if pairs[0][0] == 92 else 1, 2: None}.get(len(pairs))

def repair(pairs):
    return [(92, 4), (4, 69), (69, 1)] if pairs[0][0] == 92 else pairs

# %% wrong: skips_the_last_joint
def first_mismatch(pairs):
    for i in range(1, len(pairs) - 1):
        if pairs[i][0] != pairs[i - 1][1]:
            return i

def repair(pairs):
    return pairs

# %% wrong: last_mismatch
def first_mismatch(pairs):
    return max((i for i in range(1, len(pairs)) if pairs[i][0] != pairs[i - 1][1]), default=None)

def repair(pairs):
    i = first_mismatch(pairs)
    return [(pairs[k - 1][1] if k == i else n_in, n_out) for k, (n_in, n_out) in enumerate(pairs)]

# %% wrong: repairs_only_the_first
def first_mismatch(pairs):
    return next((i for i in range(1, len(pairs)) if pairs[i][0] != pairs[i - 1][1]), None)

def repair(pairs):
    i = first_mismatch(pairs)
    return [(pairs[k - 1][1] if k == i else n_in, n_out) for k, (n_in, n_out) in enumerate(pairs)]

# %% wrong: drops_the_layer
def first_mismatch(pairs):
    return next((i for i in range(1, len(pairs)) if pairs[i][0] != pairs[i - 1][1]), None)

def repair(pairs):
    return [pair for k, pair in enumerate(pairs) if k != first_mismatch(pairs)]

# %% wrong: all_ones
def first_mismatch(pairs):
    return next((i for i in range(1, len(pairs)) if pairs[i][0] != pairs[i - 1][1]), None)

def repair(pairs):
    return [(1, 1) for _ in pairs]

# %% wrong: one_too_small
def first_mismatch(pairs):
    for number, (before, after) in enumerate(zip(pairs, pairs[1:])):
        if before[1] != after[0]:
            return number
    return None

def repair(pairs):
    repaired = [pairs[0]]
    for _, n_out in pairs[1:]:
        repaired.append((repaired[-1][1], n_out))
    return repaired
