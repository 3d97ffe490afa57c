import math

import torch

# %% reference
def n_updates(n, batch, epochs, drop_last=False):
    batches = n // batch if drop_last else math.ceil(n / batch)
    return batches * epochs

# %% alternative: integers_only
def n_updates(n, batch, epochs, drop_last=False):
    return epochs * ((n if drop_last else n + batch - 1) // batch)

# %% alternative: counting
def n_updates(n, batch, epochs, drop_last=False):
    count = 0
    for _ in range(epochs):
        for start in range(0, n, batch):
            if drop_last and start + batch > n:
                continue
            count += 1
    return count

# %% alternative: loader
def n_updates(n, batch, epochs, drop_last=False):
    return len(torch.utils.data.DataLoader(range(n), batch_size=batch, drop_last=drop_last)) * epochs

# %% alternative: tensor
def n_updates(n, batch, epochs, drop_last=False):
    share = torch.tensor(n / batch)
    return epochs * (share.floor() if drop_last else share.ceil()).int()

# %% mistake: floor
# The smaller last batch was not counted: with `drop_last=False` it gives an update too.
# ? How many batches do 5 samples make if each batch holds 2?
def n_updates(n, batch, epochs, drop_last=False):
    return n // batch * epochs

# %% mistake: per_epoch_only
# You counted the updates of one epoch; the run has several.
# ? What happens to the count if you train twice as many epochs?
def n_updates(n, batch, epochs, drop_last=False):
    return n // batch if drop_last else math.ceil(n / batch)

# %% mistake: ignores_drop_last
# Your number is the same with and without `drop_last`.
# ? What becomes of a last batch that is not full when `drop_last` is set?
def n_updates(n, batch, epochs, drop_last=False):
    return math.ceil(n / batch) * epochs

# %% mistake: rounds_at_the_end
# You round once for the whole run. Every epoch has its own last batch, so round before you multiply by `epochs`.
# ? How many batches has one epoch of 10 samples in batches of 4, and how many have two epochs?
def n_updates(n, batch, epochs, drop_last=False):
    return math.ceil(n * epochs / batch)

# %% mistake: one_for_each_sample
# You count an update for each sample. A batch makes one update, however many samples are in it.
# ? How many samples go into one update?
def n_updates(n, batch, epochs, drop_last=False):
    return n * epochs

# %% wrong: known_answer
def n_updates(n, batch, epochs, drop_last=False):
    return 30

# %% mistake: one_too_many
# You add a batch also where the last one is full: int(n / batch) + 1 is one too many when n is a multiple of batch.
# ? How many batches of 4 do 8 samples make?
def n_updates(n, batch, epochs, drop_last=False):
    return (n // batch + (0 if drop_last else 1)) * epochs
