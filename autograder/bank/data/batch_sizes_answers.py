import math

import numpy as np
import torch

# %% reference
def batch_sizes(n, b, drop_last=False):
    sizes = [b] * (n // b)
    if n % b and not drop_last:
        sizes.append(n % b)
    return sizes

# %% alternative: by_counting_down
def batch_sizes(n, b, drop_last=False):
    sizes = []
    while n > 0:
        size = min(b, n)
        if size == b or not drop_last:
            sizes.append(size)
        n -= size
    return sizes

# %% alternative: torch_split
def batch_sizes(n, b, drop_last=False):
    sizes = [len(part) for part in torch.arange(n).split(b)] if n else []
    return [size for size in sizes if size == b or not drop_last]

# %% alternative: dataloader
def batch_sizes(n, b, drop_last=False):
    if n == 0:
        return []
    return [len(batch) for batch in torch.utils.data.DataLoader(range(n), batch_size=b, drop_last=drop_last)]

# %% mistake: floor
# The smaller last batch is missing. The rows that are left make a batch too, unless `drop_last` says otherwise.
# ? How many of 5 rows are in your batches of 2?
def batch_sizes(n, b, drop_last=False):
    return [b] * (n // b)

# %% mistake: pads_last
# The last batch is told as a full one. It holds only what is left.
# ? What is the sum of your sizes, and how many rows are there?
def batch_sizes(n, b, drop_last=False):
    return [b] * (n // b if drop_last else math.ceil(n / b))

# %% mistake: pads_last
def batch_sizes(n, b, drop_last=False):
    return [b] * math.ceil(n / b)

# %% mistake: ignores_drop_last
# With `drop_last=True` the smaller last batch is still there.
# ? Where in your code is `drop_last` used?
def batch_sizes(n, b, drop_last=False):
    return [b] * (n // b) + ([n % b] if n % b else [])

# %% mistake: drop_last_turned_round
# The last batch is dropped where it should stay, and stays where it should be dropped.
# ? What does `drop_last=True` ask for?
def batch_sizes(n, b, drop_last=False):
    return [b] * (n // b) + ([n % b] if n % b and drop_last else [])

# %% mistake: empty_last_batch
# Where the rows fill the batches exactly, you count one more, with no row in it.
# ? What is 6 % 2?
def batch_sizes(n, b, drop_last=False):
    return [b] * (n // b) + ([] if drop_last else [n % b])

# %% mistake: number_of_batches
# The answer is how many batches there are. We asked for the list of their sizes.
# ? What should stand in the list for 5 rows and batches of 2?
def batch_sizes(n, b, drop_last=False):
    return n // b if drop_last else math.ceil(n / b)

# %% wrong: merges_the_rest
def batch_sizes(n, b, drop_last=False):
    sizes = [b] * (n // b)
    if n % b and not drop_last and sizes:
        sizes[-1] += n % b
    return sizes

# %% wrong: the_example
def batch_sizes(n, b, drop_last=False):
    return [2, 2] if drop_last else [2, 2, 1]

# %% mistake: drops_a_full_batch
# With drop_last you drop the last batch even where it is full.
# ? Is a batch dropped because it is the last, or because it is smaller?
def batch_sizes(n, b, drop_last=False):
    sizes = [b] * (n // b) + ([n % b] if n % b else [])
    return sizes[:-1] if drop_last else sizes

# %% wrong: one_row_makes_none
def batch_sizes(n, b, drop_last=False):
    sizes = [b] * (n // b)
    if n % b > 1 and not drop_last:
        sizes.append(n % b)
    return sizes

# %% mistake: as_many_batches_as_b
# You make b batches. b is how many rows a batch holds, and not how many batches there are.
# ? With 5 rows in batches of 2: how long is the list, and how large its first number?
def batch_sizes(n, b, drop_last=False):
    sizes = [n // b] * b
    if n % b and not drop_last:
        sizes.append(n % b)
    return sizes

# %% mistake: smaller_batch_first
# Your smaller batch comes first. It is made of what is left at the end.
# ? Which batch gets the last rows?
def batch_sizes(n, b, drop_last=False):
    sizes = [b] * (n // b)
    if n % b and not drop_last:
        sizes.insert(0, n % b)
    return sizes
