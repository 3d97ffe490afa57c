import random

import numpy as np
import torch
from torch.utils.data import BatchSampler, DataLoader, Dataset, RandomSampler, Subset

# %% reference
def make_loaders(train, val, batch, seed):
    generator = torch.Generator().manual_seed(seed)
    train_loader = DataLoader(train, batch_size=batch, shuffle=True, generator=generator)
    return train_loader, DataLoader(val, batch_size=batch)

# %% alternative: random_sampler
def make_loaders(train, val, batch, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    sampler = RandomSampler(train, generator=g)
    return [DataLoader(train, batch, sampler=sampler), DataLoader(val, batch, shuffle=False)]

# %% alternative: own_sampler
class Shuffled(torch.utils.data.Sampler):
    def __init__(self, count, seed):
        self.count, self.rng = count, np.random.default_rng(seed)

    def __len__(self):
        return self.count

    def __iter__(self):
        return iter(self.rng.permutation(self.count).tolist())

def make_loaders(train, val, batch, seed):
    return DataLoader(train, batch_size=batch, sampler=Shuffled(len(train), seed)), DataLoader(val, batch_size=batch)

# %% alternative: own_loader
class Loader:
    def __init__(self, data, batch, seed=None):
        self.data, self.batch = data, batch
        self.random = None if seed is None else random.Random(seed)

    def __iter__(self):
        rows = list(range(len(self.data)))
        if self.random is not None:
            self.random.shuffle(rows)
        for start in range(0, len(rows), self.batch):
            items = [self.data[i] for i in rows[start:start + self.batch]]
            yield torch.stack([x for x, _ in items]), torch.stack([y for _, y in items])

def make_loaders(train, val, batch, seed):
    return Loader(train, batch, seed), Loader(val, batch)

# %% mistake: shuffles_val
# The validation rows are shuffled too. That does not help: a loss over all of them does not depend on the order, and predictions no longer line up with the table.
# ? What do you gain from another order if nothing is learned?
def make_loaders(train, val, batch, seed):
    generator = torch.Generator().manual_seed(seed)
    return (DataLoader(train, batch_size=batch, shuffle=True, generator=generator),
            DataLoader(val, batch_size=batch, shuffle=True, generator=generator))

# %% mistake: same_every_epoch
# Every epoch brings the same order. The generator is set back to the seed each time, or the rows were shuffled once for all.
# ? When are the random numbers drawn: once, or in every epoch?
def make_loaders(train, val, batch, seed):
    order = torch.randperm(len(train), generator=torch.Generator().manual_seed(seed)).tolist()
    return DataLoader(Subset(train, order), batch_size=batch), DataLoader(val, batch_size=batch)

# %% mistake: same_every_epoch
class Again:
    def __init__(self, data, batch, seed):
        self.data, self.batch, self.seed = data, batch, seed

    def __iter__(self):
        g = torch.Generator().manual_seed(self.seed)
        return iter(DataLoader(self.data, batch_size=self.batch, shuffle=True, generator=g))

def make_loaders(train, val, batch, seed):
    return Again(train, batch, seed), DataLoader(val, batch_size=batch)

# %% mistake: unseeded
# The same seed gives other orders: the loader draws from the generator that everything else uses too.
# ? Which argument of `DataLoader` says where its random numbers come from?
def make_loaders(train, val, batch, seed):
    return DataLoader(train, batch_size=batch, shuffle=True), DataLoader(val, batch_size=batch)

# %% mistake: unseeded
def make_loaders(train, val, batch, seed):
    torch.manual_seed(seed)
    return DataLoader(train, batch_size=batch, shuffle=True), DataLoader(val, batch_size=batch, shuffle=False)

# %% mistake: ignores_seed
# Every seed gives the same orders: a fixed number stands where `seed` should.
# ? Which line of yours uses `seed`?
def make_loaders(train, val, batch, seed):
    g = torch.Generator().manual_seed(0)
    return DataLoader(train, batch_size=batch, shuffle=True, generator=g), DataLoader(val, batch_size=batch)

# %% mistake: ignores_seed
def make_loaders(train, val, batch, seed):
    g = torch.Generator()
    return DataLoader(train, batch_size=batch, shuffle=True, generator=g), DataLoader(val, batch_size=batch)

# %% mistake: nothing_shuffled
# The train rows come as they stand in the table, in every epoch.
# ? What does `shuffle` say if you say nothing?
def make_loaders(train, val, batch, seed):
    g = torch.Generator().manual_seed(seed)
    return DataLoader(train, batch_size=batch, generator=g), DataLoader(val, batch_size=batch)

# %% mistake: shuffles_the_wrong_one
# The validation rows are shuffled and the train rows are not.
# ? In which of the two loops does the order matter?
def make_loaders(train, val, batch, seed):
    g = torch.Generator().manual_seed(seed)
    return DataLoader(train, batch_size=batch), DataLoader(val, batch_size=batch, shuffle=True, generator=g)

# %% mistake: drops_the_last
# The smaller last batch is dropped, so some rows are not seen in an epoch.
# ? How many of 23 rows are in five batches of 4?
def make_loaders(train, val, batch, seed):
    g = torch.Generator().manual_seed(seed)
    return (DataLoader(train, batch_size=batch, shuffle=True, generator=g, drop_last=True),
            DataLoader(val, batch_size=batch, drop_last=True))

# %% mistake: drops_the_last
def make_loaders(train, val, batch, seed):
    g = torch.Generator().manual_seed(seed)
    return DataLoader(train, batch, shuffle=True, generator=g, drop_last=True), DataLoader(val, batch)

# %% mistake: batch_of_one
# The batches hold one row each: `batch` is not used.
# ? How large is a batch if you say nothing?
def make_loaders(train, val, batch, seed):
    g = torch.Generator().manual_seed(seed)
    return DataLoader(train, shuffle=True, generator=g), DataLoader(val)

# %% wrong: train_only
def make_loaders(train, val, batch, seed):
    g = torch.Generator().manual_seed(seed)
    return DataLoader(train, batch_size=batch, shuffle=True, generator=g)

# %% mistake: loaders_swapped
# Your two loaders are the wrong way round: the one for training comes first.
# ? Which of the two do you return first?
def make_loaders(train, val, batch, seed):
    g = torch.Generator().manual_seed(seed)
    return DataLoader(val, batch_size=batch), DataLoader(train, batch_size=batch, shuffle=True, generator=g)

# %% wrong: val_in_one_batch
def make_loaders(train, val, batch, seed):
    g = torch.Generator().manual_seed(seed)
    return DataLoader(train, batch_size=batch, shuffle=True, generator=g), DataLoader(val, batch_size=len(val))

# %% wrong: with_replacement
def make_loaders(train, val, batch, seed):
    g = torch.Generator().manual_seed(seed)
    return DataLoader(train, batch, sampler=RandomSampler(train, replacement=True, generator=g)), DataLoader(val, batch)

# %% wrong: rows_in_a_list
class Rows:
    def __init__(self, loader):
        self.loader = loader

    def __iter__(self):
        for x, y in self.loader:
            yield list(x), y

def make_loaders(train, val, batch, seed):
    g = torch.Generator().manual_seed(seed)
    return Rows(DataLoader(train, batch_size=batch, shuffle=True, generator=g)), Rows(DataLoader(val, batch_size=batch))

# %% mistake: one_epoch_only
# You return iterators: they are used up after one epoch, and the second gets nothing.
# ? What can a `for` loop go over again and again: a loader, or `iter(loader)`?
def make_loaders(train, val, batch, seed):
    generator = torch.Generator().manual_seed(seed)
    train_loader = DataLoader(train, batch_size=batch, shuffle=True, generator=generator)
    return iter(train_loader), iter(DataLoader(val, batch_size=batch))

# %% mistake: train_rows_for_validation
# Both loaders go over the train rows; the second one should give the validation rows.
# ? Which dataset does the second loader get?
def make_loaders(train, val, batch, seed):
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(train, batch_size=batch, shuffle=True, generator=generator), DataLoader(train, batch_size=batch)

# %% mistake: validation_of_single_rows
# The validation batches hold one row each: without `batch_size` a loader takes 1.
# ? Which arguments does each of the two loaders need?
def make_loaders(train, val, batch, seed):
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(train, batch_size=batch, shuffle=True, generator=generator), DataLoader(val)

# %% mistake: drops_validation_rows
# The last validation rows are dropped. Nothing is to be dropped, least of all there, where every row counts.
# ? What does `drop_last=True` do with a batch that is not full?
def make_loaders(train, val, batch, seed):
    generator = torch.Generator().manual_seed(seed)
    train_loader = DataLoader(train, batch_size=batch, shuffle=True, generator=generator)
    return train_loader, DataLoader(val, batch_size=batch, drop_last=True)
