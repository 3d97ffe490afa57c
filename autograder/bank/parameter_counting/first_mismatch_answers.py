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
# Your answer does not tell where the layers break. They can be counted one by one, but a sample that leaves a layer must also fit into the next.
# ? How many numbers leave nn.Linear(4, 69), and how many does nn.Linear(269, 1) ask for?
def first_mismatch(pairs):
    total = sum(n_in * n_out + n_out for n_in, n_out in pairs)
    return None if total > 0 else 0

def repair(pairs):
    return list(pairs)

# %% mistake: counts_so_it_runs
# Makes each layer, and runs none into the next.
def first_mismatch(pairs):
    for i, (n_in, n_out) in enumerate(pairs):
        try:
            nn.Linear(n_in, n_out)
        except RuntimeError:
            return i
    return None

def repair(pairs):
    repaired = [pairs[0]]
    for _, n_out in pairs[1:]:
        repaired.append((repaired[-1][1], n_out))
    return repaired

# %% mistake: counts_so_it_runs
# The count itself.
def first_mismatch(pairs):
    return sum(n_in * n_out + n_out for n_in, n_out in pairs)

def repair(pairs):
    repaired = [pairs[0]]
    for _, n_out in pairs[1:]:
        repaired.append((repaired[-1][1], n_out))
    return repaired

# %% mistake: counts_so_it_runs
def first_mismatch(pairs):
    return sum(n_in * n_out + n_out for n_in, n_out in pairs)

def repair(pairs):
    return pairs

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

# %% mistake: compares_in_in
# In the repair as well.
def first_mismatch(pairs):
    for i in range(1, len(pairs)):
        if pairs[i][0] != pairs[i - 1][0]:
            return i
    return None

def repair(pairs):
    repaired = list(pairs)
    for i in range(1, len(pairs)):
        repaired[i] = (repaired[i - 1][0], pairs[i][1])
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

# %% mistake: looks_at_one_joint
# You looked at the first joint only: whichever way it turns out, a `return` inside the loop ends the loop.
# ? When may you say that all joints fit: after the first, or after the last?
def first_mismatch(pairs):
    for i in range(1, len(pairs)):
        if pairs[i][0] != pairs[i - 1][1]:
            return i
        else:
            return None

def repair(pairs):
    repaired = [pairs[0]]
    for _, n_out in pairs[1:]:
        repaired.append((repaired[-1][1], n_out))
    return repaired

# %% mistake: skips_a_joint
# You looked at most joints, but not at all: one at the end of the plan was left out.
# ? How many joints do three layers have, and which of them does your loop visit?
def first_mismatch(pairs):
    for i in range(1, len(pairs) - 1):
        if pairs[i][0] != pairs[i - 1][1]:
            return i
    return None

def repair(pairs):
    repaired = [pairs[0]]
    for _, n_out in pairs[1:]:
        repaired.append((repaired[-1][1], n_out))
    return repaired

# %% mistake: skips_a_joint
# The first one.
def first_mismatch(pairs):
    for i in range(2, len(pairs)):
        if pairs[i][0] != pairs[i - 1][1]:
            return i
    return None

def repair(pairs):
    repaired = [pairs[0]]
    for _, n_out in pairs[1:]:
        repaired.append((repaired[-1][1], n_out))
    return repaired

# %% mistake: last_mismatch
# You found the last joint that does not fit. Asked is the first.
# ? What does your loop do with the number that it has found when it comes to the next joint?
def first_mismatch(pairs):
    found = None
    for i in range(1, len(pairs)):
        if pairs[i][0] != pairs[i - 1][1]:
            found = i
    return found

def repair(pairs):
    repaired = [pairs[0]]
    for _, n_out in pairs[1:]:
        repaired.append((repaired[-1][1], n_out))
    return repaired

# %% mistake: repairs_one_joint
# You repaired the first joint that does not fit, and left the others as they were.
# ? What does first_mismatch say about the plan that your repair returns, if several joints are broken?
def first_mismatch(pairs):
    return next((i for i in range(1, len(pairs)) if pairs[i][0] != pairs[i - 1][1]), None)

def repair(pairs):
    i = first_mismatch(pairs)
    return [(pairs[k - 1][1] if k == i else n_in, n_out) for k, (n_in, n_out) in enumerate(pairs)]

# %% mistake: repairs_one_joint
# By the other of the two numbers.
def first_mismatch(pairs):
    return next((i for i in range(1, len(pairs)) if pairs[i][0] != pairs[i - 1][1]), None)

def repair(pairs):
    i = first_mismatch(pairs)
    if i is None:
        return pairs
    return [*pairs[: i - 1], (pairs[i - 1][0], pairs[i][0]), *pairs[i:]]

# %% wrong: known_answers
def first_mismatch(pairs):
    return {7: 1, 4: 2, 3: 2, 2: None}.get(len(pairs))

def repair(pairs):
    return [(92, 4), (4, 69), (69, 1)] if pairs[0][0] == 92 else pairs

# %% wrong: last_mismatch_in_both
def first_mismatch(pairs):
    return max((i for i in range(1, len(pairs)) if pairs[i][0] != pairs[i - 1][1]), default=None)

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

# %% mistake: number_for_none
# Where all layers fit, a number such as −1 came back; None was asked for.
# ? What does your function return when its loop finds nothing?
def first_mismatch(pairs):
    return next((k for k in range(1, len(pairs)) if pairs[k][0] != pairs[k - 1][1]), -1)


def repair(pairs):
    return [(a, pairs[k + 1][0] if k + 1 < len(pairs) else b) for k, (a, b) in enumerate(pairs)]

# %% mistake: layers_added
# A layer was put in between. A repair has as many layers as before; one of the two numbers at a joint becomes the other.
# ? How many pairs go in, and how many come out?
def first_mismatch(pairs):
    return next((k for k in range(1, len(pairs)) if pairs[k][0] != pairs[k - 1][1]), None)


def repair(pairs):
    out = [pairs[0]]
    for a, b in pairs[1:]:
        if out[-1][1] != a:
            out.append((out[-1][1], a))
        out.append((a, b))
    return out

# %% mistake: layers_left_out
# Layers that do not fit were left out. A repair has as many layers as before.
# ? How many pairs go in, and how many come out?
def first_mismatch(pairs):
    return next((k for k in range(1, len(pairs)) if pairs[k][0] != pairs[k - 1][1]), None)


def repair(pairs):
    out = [pairs[0]]
    for a, b in pairs[1:]:
        if out[-1][1] == a:
            out.append((a, b))
    return out

# %% mistake: a_number_in_between
# A joint was given a number that is neither of the two found there.
# ? Which two numbers may be used where 69 meets 269?
def first_mismatch(pairs):
    return next((k for k in range(1, len(pairs)) if pairs[k][0] != pairs[k - 1][1]), None)


def repair(pairs):
    sizes = [pairs[0][0]] + [(p[1] + q[0]) // 2 for p, q in zip(pairs, pairs[1:])] + [pairs[-1][1]]
    return list(zip(sizes, sizes[1:]))

# %% mistake: outer_sizes_changed
# The first input or the last output is another one than before; these two stay.
# ? What becomes of the last layer's output in your loop?
def first_mismatch(pairs):
    return next((k for k in range(1, len(pairs)) if pairs[k][0] != pairs[k - 1][1]), None)


def repair(pairs):
    return [(a, pairs[(k + 1) % len(pairs)][0]) for k, (a, b) in enumerate(pairs)]

# %% mistake: sizes_for_pairs
# A list of sizes came back; a list of pairs, one for each layer, was asked for.
# ? What does the list in the example hold?
def first_mismatch(pairs):
    return next((k for k in range(1, len(pairs)) if pairs[k][0] != pairs[k - 1][1]), None)


def repair(pairs):
    return [pairs[0][0]] + [b for a, b in pairs]
