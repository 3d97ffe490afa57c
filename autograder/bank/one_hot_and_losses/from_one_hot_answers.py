import torch

# %% reference
def from_one_hot(oh):
    return oh.argmax(dim=1)

# %% alternative: indices_of_max
def from_one_hot(oh):
    return oh.max(dim=-1).indices

# %% alternative: weighted_sum
def from_one_hot(oh):
    classes = torch.arange(oh.shape[1], dtype=oh.dtype, device=oh.device)
    return (oh @ classes).long()

# %% alternative: places_of_ones
def from_one_hot(oh):
    return oh.nonzero()[:, 1]

# %% alternative: loop
def from_one_hot(oh):
    return torch.tensor([row.index(max(row)) for row in oh.tolist()], device=oh.device)

# %% alternative: where_ones
def from_one_hot(oh):
    rows, columns = torch.where(oh == 1)
    return columns

# %% alternative: numpy_and_back
def from_one_hot(oh):
    return torch.from_numpy(oh.cpu().numpy().argmax(axis=1)).to(oh.device)

# %% mistake: argmax_dim0
# You looked down the columns: the answer has one number for each class, not one for each row.
# ? Along which dimension do the classes of one row lie?
def from_one_hot(oh):
    return oh.argmax(dim=0)

# %% mistake: uses_max_value
# Your answer is the largest value in each row, which is always 1, not the place where it stands.
# ? Does `max` tell you how large or where?
def from_one_hot(oh):
    return oh.max(dim=1).values

# %% mistake: argmax_of_everything
# One number came back for the whole batch: the place of the first 1 when all rows are laid in one line.
# ? How many labels do N rows hold?
def from_one_hot(oh):
    return oh.argmax()

# %% mistake: one_based
# Every label is too large by 1: your classes count from 1. Labels count from 0.
# ? Which label has a row that starts with the 1?
def from_one_hot(oh):
    return oh.argmax(dim=1) + 1

# %% mistake: float_labels
# The labels are right, but as real numbers; a class label is a whole number (int64).
# ? Could you use 2.0 as an index?
def from_one_hot(oh):
    return oh.argmax(dim=1).float()

# %% mistake: not_on_the_device
# The labels are right, but a part of your code works on the CPU only, wherever the rows are: a tensor made on the way, or NumPy.
# ? On which device is a new tensor made if you do not say `device=oh.device`, and can NumPy read a tensor on a GPU?
def from_one_hot(oh):
    return torch.tensor([row.index(max(row)) for row in oh.tolist()])

# %% mistake: not_on_the_device
def from_one_hot(oh):
    return torch.from_numpy(oh.numpy().argmax(axis=1))

# %% wrong: zeros
def from_one_hot(oh):
    return torch.zeros(len(oh), dtype=torch.int64, device=oh.device)

# %% wrong: unchanged
def from_one_hot(oh):
    return oh
