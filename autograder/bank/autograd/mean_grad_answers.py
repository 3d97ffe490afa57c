import numpy as np
import torch

# %% reference
def mean_grad(X):
    return 6 * (X + 2) / X.numel()

# %% alternative: autograd
def mean_grad(X):
    leaf = X.detach().clone().requires_grad_()
    (3 * (leaf + 2) ** 2).mean().backward()
    return leaf.grad

# %% alternative: numpy
def mean_grad(X):
    x = X.numpy()
    return 6 * (x + 2) / x.size

# %% alternative: factors
def mean_grad(X):
    n = 1
    for size in X.shape:
        n *= size
    outer = 2 * (X + 2)
    return outer * 3 * (1 / n)

# %% alternative: number_by_number
def mean_grad(X):
    n = X.numel()
    return torch.tensor([6 * (x + 2) / n for x in X.flatten().tolist()], dtype=X.dtype).reshape(X.shape)

# %% mistake: sum_not_mean
# Your gradient is that of the sum; the mean divides it by the count of all numbers.
# ? How many numbers does the mean of a 2×2 table divide by?
def mean_grad(X):
    return 6 * (X + 2)

# %% mistake: inner_forgotten
# The +2 in the bracket is lost: differentiating the square leaves the bracket as it is.
# ? What is the derivative of (x + 2)²: 2x, or 2(x + 2)?
def mean_grad(X):
    return 6 * X / X.numel()

# %% mistake: n_is_rows
# You divide by the number of rows; the mean goes over all numbers.
# ? What is `len(X)` for a table of 3 rows and 4 columns, and how many numbers does it have?
def mean_grad(X):
    return 6 * (X + 2) / len(X)

# %% mistake: n_is_rows
# Of columns.
def mean_grad(X):
    return 6 * (X + 2) / X.shape[-1]

# %% mistake: always_four
# You divide by 4 whatever the size is. That is right for a 2×2 table only.
# ? Which part of your formula knows how many numbers X has?
def mean_grad(X):
    return 6 * (X + 2) / 4

# %% mistake: two_forgotten
# The 2 of the square is missing: the derivative of (…)² is 2·(…).
# ? What is the slope of x² at 3?
def mean_grad(X):
    return 3 * (X + 2) / X.numel()

# %% mistake: three_forgotten
# The factor 3 is missing: a constant factor stays when you differentiate.
# ? What is the slope of 3x²?
def mean_grad(X):
    return 2 * (X + 2) / X.numel()

# %% mistake: square_kept
# The square is still there. Differentiating takes the power down by one.
# ? What is the derivative of (x + 2)²?
def mean_grad(X):
    return 6 * (X + 2) ** 2 / X.numel()

# %% mistake: square_kept
def mean_grad(X):
    return 3 * (X + 2) ** 2 / X.numel()

# %% mistake: value_not_gradient
# You returned the mean itself, one number; its gradient has one number for each entry of X.
# ? How many numbers can you change, and so how many slopes are there?
def mean_grad(X):
    return (3 * (X + 2) ** 2).mean()

# %% mistake: one_number
# You returned one number; a gradient has the shape of X.
# ? How many numbers can you change, and so how many slopes are there?
def mean_grad(X):
    return (6 * (X + 2)).mean()

# %% mistake: one_number
def mean_grad(X):
    return 6 * (X.sum() + 2) / X.numel()

# %% mistake: nothing_came_back
# You returned None. `return` is missing, or you looked at a `.grad` that nobody filled.
# ? Does the last line of your function begin with `return`?
def mean_grad(X):
    6 * (X + 2) / X.numel()

# %% wrong: known_answer
def mean_grad(X):
    return torch.full_like(X, 4.5)

# %% wrong: unchanged
def mean_grad(X):
    return X

# %% mistake: divides_the_last_term_only
# Only the 2 is divided by n: `/` comes before `+`, unless brackets hold the sum together.
# ? Which brackets make `6 * X + 2 / n` a division of the whole?
def mean_grad(X):
    return 6 * X + 2 / X.numel()

# %% mistake: divides_the_last_term_only
def mean_grad(X):
    return 6 * X + 12 / X.numel()

# %% mistake: divides_the_last_term_only
def mean_grad(X):
    return 6 * (X + 2 / X.numel())
