import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError(f"shapes differ: {tuple(pred.shape)} and {tuple(target.shape)}")
    return ((pred - target) ** 2).mean()

# %% alternative: library
def mse(pred, target):
    assert pred.shape == target.shape, "the shapes must be equal"
    return F.mse_loss(pred, target)

# %% alternative: numpy
def mse(pred, target):
    pred, target = np.asarray(pred), np.asarray(target)
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return np.mean(np.square(pred - target))

# %% alternative: plain_python
def mse(pred, target):
    if list(pred.size()) != list(target.size()):
        raise RuntimeError("shapes differ")
    total = 0.0
    for p, t in zip(pred.flatten().tolist(), target.flatten().tolist(), strict=True):
        total += (p - t) ** 2
    return total / pred.numel()

# %% alternative: dot_product
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    d = (pred - target).reshape(-1)
    return torch.dot(d, d) / len(d)

# %% mistake: sse
# Your answer is the sum of the squares, not their mean.
# ? By what do you divide a sum to get a mean?
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return ((pred - target) ** 2).sum()

# %% mistake: rmse
# Your answer is the square root of the mean squared error.
# ? Does the formula of this loss have a root?
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return ((pred - target) ** 2).mean().sqrt()

# %% mistake: mae
# Your answer is the mean of the absolute differences: nothing was squared.
# ? What should an error of 3 add to the sum: 3 or 9?
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return (pred - target).abs().mean()

# %% mistake: half
# Your answer is half of the mean squared error. Some books write ½ to get a tidier derivative; here there is none.
# ? Which number do you get for a single error of 2: 4 or 2?
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return ((pred - target) ** 2).mean() / 2

# %% mistake: signed
# Your answer is the mean of the differences themselves: errors of +1 and −1 cancel out.
# ? What must happen to each difference before you take the mean?
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return (pred - target).mean()

# %% mistake: broadcast
# A column and a row were taken without a word: broadcasting compared every prediction with every target.
# ? Which shape does (N, 1) minus (N,) have?
def mse(pred, target):
    return ((pred - target) ** 2).mean()

# %% mistake: n_minus_1
# Your answer divides by one less than the number of elements, as for a sample variance.
# ? How many squares do you take the mean of?
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return ((pred - target) ** 2).sum() / (pred.numel() - 1)

# %% mistake: squares_the_sum
# You took the mean first and squared it then; so errors of +1 and −1 cancel out.
# ? Which comes first in ((a − b)²).mean(): the square or the mean?
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return (pred - target).mean() ** 2

# %% mistake: mean_of_rows
# One number came back for each row (or column); the mean goes over all elements.
# ? How many numbers is a loss?
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return ((pred - target) ** 2).mean(dim=-1)

# %% mistake: signed
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return (target - pred).mean()

# %% mistake: mean_of_rows
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return ((pred - target) ** 2).mean(dim=0)

# %% mistake: divides_by_rows
# Your sum is divided by the number of rows; a table has more elements than rows, and the mean goes over all of them.
# ? Which number is `len(pred)` for a tensor of shape (3, 4), and how many squares are there?
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return ((pred - target) ** 2).sum() / len(pred)

# %% mistake: no_mean
# One number came back for each element; the loss is their mean.
# ? How many numbers is a loss?
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return (pred - target) ** 2

# %% mistake: made_equal
# Predictions and targets of different shapes were compared all the same, as if both were flat; an error was wanted.
# ? Where does your code compare the two shapes?
def mse(pred, target):
    return ((pred.flatten() - target.flatten()) ** 2).mean()

# %% wrong: constant
def mse(pred, target):
    return 0.375

# %% wrong: always_refuses
def mse(pred, target):
    raise ValueError("shapes differ")

# %% wrong: same_number_of_elements_is_enough
def mse(pred, target):
    if pred.numel() != target.numel():
        raise ValueError("sizes differ")
    return ((pred - target) ** 2).mean()
