import itertools
import math
import random

import numpy as np
import torch

# %% reference
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = (y == k).nonzero().flatten()
        rows = rows[torch.randperm(len(rows), generator=generator)]
        cuts = [0] + [round(share * len(rows)) for share in itertools.accumulate(fracs)]
        for j in range(len(fracs)):
            parts[j] += rows[cuts[j]:cuts[j + 1]].tolist()
    return [torch.tensor(part) for part in parts]

# %% alternative: python_random
def split(y, fracs, seed):
    generator = random.Random(seed)
    by_class = {}
    for row, label in enumerate(y.tolist()):
        by_class.setdefault(label, []).append(row)
    parts = [[] for _ in fracs]
    for rows in by_class.values():
        generator.shuffle(rows)
        start = 0
        for j, share in enumerate(fracs):
            end = len(rows) if j == len(fracs) - 1 else start + int(share * len(rows))
            parts[j].extend(rows[start:end])
            start = end
    return parts

# %% alternative: numpy
def split(y, fracs, seed):
    rng = np.random.default_rng(seed)
    labels = y.numpy()
    parts = [[] for _ in fracs]
    for k in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == k))
        cuts = np.rint(np.cumsum(fracs)[:-1] * len(rows)).astype(int)
        for part, piece in zip(parts, np.split(rows, cuts)):
            part.append(piece)
    return tuple(np.concatenate(part) for part in parts)

# %% alternative: fork_the_generator
def split(y, fracs, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        order = torch.randperm(len(y))
    parts = [[] for _ in fracs]
    for k in range(int(y.max()) + 1):
        rows = [int(i) for i in order if y[i] == k]
        sizes = [round(share * len(rows)) for share in fracs[:-1]]
        sizes.append(len(rows) - sum(sizes))
        for part, piece in zip(parts, torch.tensor(rows).split(sizes)):
            part.extend(piece.tolist())
    return [torch.tensor(part) for part in parts]

# %% mistake: ordered_split
# The rows are taken as they come, without chance. Tables are often sorted, so the last rows are of another kind than the first.
# ? Where in your code are the rows shuffled?
def split(y, fracs, seed):
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = (y == k).nonzero().flatten()
        cuts = [0] + [round(share * len(rows)) for share in itertools.accumulate(fracs)]
        for j in range(len(fracs)):
            parts[j] += rows[cuts[j]:cuts[j + 1]].tolist()
    return parts

# %% mistake: ordered_split
def split(y, fracs, seed):
    cuts = [0] + [round(share * len(y)) for share in itertools.accumulate(fracs)]
    return [list(range(a, b)) for a, b in zip(cuts, cuts[1:])]

# %% mistake: overlap
# The same row is in two parts. What the model has seen in training is no test of it.
# ? What is left for the second part, once the first is taken out?
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = (y == k).nonzero().flatten()
        for j, share in enumerate(fracs):
            order = torch.randperm(len(rows), generator=generator)
            parts[j] += rows[order[:round(share * len(rows))]].tolist()
    return parts

# %% mistake: overlap
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    parts = []
    for share in fracs:
        parts.append(torch.randperm(len(y), generator=generator)[:round(share * len(y))])
    return parts

# %% mistake: overlap
# The cuts are rounded to the outside.
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = (y == k).nonzero().flatten()
        rows = rows[torch.randperm(len(rows), generator=generator)]
        ends = list(itertools.accumulate(fracs))
        starts = [0.0] + ends[:-1]
        for j in range(len(fracs)):
            parts[j] += rows[math.floor(starts[j] * len(rows)):math.ceil(ends[j] * len(rows) - 1e-9)].tolist()
    return parts

# %% mistake: global_seed
# You set or use the random generator that everything else uses too. After your split, every later random number of the program is another one.
# ? Which object can draw random numbers without touching `torch.manual_seed`?
def split(y, fracs, seed):
    torch.manual_seed(seed)
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = (y == k).nonzero().flatten()
        rows = rows[torch.randperm(len(rows))]
        cuts = [0] + [round(share * len(rows)) for share in itertools.accumulate(fracs)]
        for j in range(len(fracs)):
            parts[j] += rows[cuts[j]:cuts[j + 1]].tolist()
    return parts

# %% mistake: global_seed
def split(y, fracs, seed):
    np.random.seed(seed)
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = (y == k).nonzero().flatten().numpy()
        np.random.shuffle(rows)
        cuts = [0] + [round(share * len(rows)) for share in itertools.accumulate(fracs)]
        for j in range(len(fracs)):
            parts[j] += rows[cuts[j]:cuts[j + 1]].tolist()
    return parts

# %% mistake: global_seed
def split(y, fracs, seed):
    random.seed(seed)
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = (y == k).nonzero().flatten().tolist()
        random.shuffle(rows)
        cuts = [0] + [round(share * len(rows)) for share in itertools.accumulate(fracs)]
        for j in range(len(fracs)):
            parts[j] += rows[cuts[j]:cuts[j + 1]]
    return parts

# %% mistake: loses_rows
# Some rows are in no part: every part was rounded down.
# ? 13 rows, shares 0.7 and 0.3: how many rows do int(9.1) and int(3.9) make together?
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = (y == k).nonzero().flatten()
        rows = rows[torch.randperm(len(rows), generator=generator)]
        start = 0
        for j, share in enumerate(fracs):
            size = int(share * len(rows) + 1e-9)
            parts[j] += rows[start:start + size].tolist()
            start += size
    return parts

# %% mistake: loses_rows
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(y) - len(y.unique()), generator=generator)
    parts, start = [], 0
    for share in fracs:
        size = int(share * len(order))
        parts.append(order[start:start + size])
        start += size
    return parts

# %% mistake: not_by_class
# The rows are shuffled all together, so a small class can be nearly all in one part. Each class should be shared out on its own.
# ? With 2 of 20 rows in a class: how often does a test part of 4 rows see none of them?
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(0)
    order = torch.argsort(y)  # the worst case of chance: a class goes wholly to one part
    order = torch.roll(order, seed)
    inner = torch.randperm(3, generator=torch.Generator().manual_seed(seed))
    order = torch.cat([order[:3][inner], order[3:]])
    cuts = [0] + [round(share * len(y)) for share in itertools.accumulate(fracs)]
    return [order[a:b] for a, b in zip(cuts, cuts[1:])]

# %% mistake: unseeded
# The same seed gives another split each time: the random numbers do not come from the seed.
# ? Which line of yours uses `seed`?
def split(y, fracs, seed):
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = (y == k).nonzero().flatten()
        rows = rows[torch.randperm(len(rows))]
        cuts = [0] + [round(share * len(rows)) for share in itertools.accumulate(fracs)]
        for j in range(len(fracs)):
            parts[j] += rows[cuts[j]:cuts[j + 1]].tolist()
    return parts

# %% mistake: ignores_seed
# Every seed gives the same split: a fixed number stands where `seed` should.
# ? Which line of yours uses `seed`?
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(42)
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = (y == k).nonzero().flatten()
        rows = rows[torch.randperm(len(rows), generator=generator)]
        cuts = [0] + [round(share * len(rows)) for share in itertools.accumulate(fracs)]
        for j in range(len(fracs)):
            parts[j] += rows[cuts[j]:cuts[j + 1]].tolist()
    return parts

# %% mistake: equal_parts
# All parts are of equal size; the shares that were given are not used.
# ? Where do the numbers in `fracs` come into your code?
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = (y == k).nonzero().flatten()
        rows = rows[torch.randperm(len(rows), generator=generator)]
        for j, piece in enumerate(torch.tensor_split(rows, len(fracs))):
            parts[j] += piece.tolist()
    return parts

# %% wrong: plain_randperm
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(y), generator=generator)
    sizes = [round(share * len(y)) for share in fracs[:-1]]
    return list(torch.split(order, [*sizes, len(y) - sum(sizes)]))

# %% mistake: labels_for_rows
# You return the classes of the rows. Asked for are the numbers of the rows.
# ? Would `table[part]` give the rows of your part?
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(y), generator=generator)
    sizes = [round(share * len(y)) for share in fracs[:-1]]
    return [y[part] for part in torch.split(order, [*sizes, len(y) - sum(sizes)])]

# %% mistake: masks_for_rows
# You return masks of True and False. Asked for are lists of row numbers.
# ? Which numbers does `mask.nonzero().flatten()` give?
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    chosen = torch.rand(len(y), generator=generator) < fracs[0]
    return [chosen, ~chosen]

# %% wrong: one_list
def split(y, fracs, seed):
    return torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))

# %% mistake: numbers_within_the_class
# You return places among the rows of a class, and not among all rows: the same numbers come again for every class.
# ? What is row 3 of the birds in the whole table?
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    parts = [[] for _ in fracs]
    for k in y.unique():
        rows = torch.randperm(int((y == k).sum()), generator=generator)
        cuts = [0] + [round(share * len(rows)) for share in itertools.accumulate(fracs)]
        for j in range(len(fracs)):
            parts[j] += rows[cuts[j]:cuts[j + 1]].tolist()
    return parts

# %% mistake: two_parts_only
# You return two parts, whatever `fracs` says. There is one part for each share.
# ? How many parts does `fracs = [0.6, 0.2, 0.2]` ask for?
def split(y, fracs, seed):
    generator = torch.Generator().manual_seed(seed)
    first, second = [], []
    for k in y.unique():
        rows = (y == k).nonzero().flatten()
        rows = rows[torch.randperm(len(rows), generator=generator)]
        cut = round(fracs[0] * len(rows))
        first += rows[:cut].tolist()
        second += rows[cut:].tolist()
    return first, second
