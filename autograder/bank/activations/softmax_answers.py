import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def softmax(x, dim=-1):
    e = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return e / e.sum(dim=dim, keepdim=True)

# %% alternative: library
def softmax(x, dim=-1):
    return torch.softmax(x, dim)

# %% alternative: layer
def softmax(x, dim=-1):
    return nn.Softmax(dim=dim)(x)

# %% alternative: logsumexp
def softmax(x, dim=-1):
    return torch.exp(x - torch.logsumexp(x, dim, keepdim=True))

# %% alternative: exp_of_log
def softmax(x, dim=-1):
    return F.log_softmax(x, dim=dim).exp()

# %% alternative: max_values
def softmax(x, dim=-1):
    top = torch.max(x, dim=dim, keepdim=True).values
    e = (x - top).exp()
    return e.div(torch.sum(e, dim, keepdim=True))

# %% alternative: numpy
def softmax(x, dim=-1):
    a = x.cpu().numpy()
    e = np.exp(a - a.max(axis=dim, keepdims=True))
    return torch.from_numpy(e / e.sum(axis=dim, keepdims=True)).to(x.device)

# %% alternative: unbound
def softmax(x, dim=-1):
    parts = x.unbind(dim)
    top = parts[0]
    for part in parts[1:]:
        top = torch.maximum(top, part)
    exps = [torch.exp(part - top) for part in parts]
    total = sum(exps)
    return torch.stack([e / total for e in exps], dim=dim)

# %% stand_in
def softmax(x, dim=-1):
    return torch.softmax(x, dim)

# %% mistake: dim0
# Your shares add up along the first dimension, whatever `dim` says. On a single row that gives nothing but ones.
# ? Which numbers belong to one sample: those of a row or those of a column?
def softmax(x, dim=-1):
    return torch.softmax(x, dim=0)

# %% mistake: no_exp
# You divided the scores by their sum: exp is missing. A negative score would get a negative share.
# ? Which function makes a positive number of every score?
def softmax(x, dim=-1):
    return x / x.sum(dim=dim, keepdim=True)

# %% mistake: no_exp
def softmax(x, dim=-1):
    x = x - x.amin(dim=dim, keepdim=True)
    return x / x.sum(dim=dim, keepdim=True)

# %% mistake: sigmoid_each
# You took the sigmoid of each score by itself; the shares do not add up to 1.
# ? Should the share of one class change if another one's score rises?
def softmax(x, dim=-1):
    return torch.sigmoid(x)

# %% mistake: sigmoid_each
def softmax(x, dim=-1):
    s = torch.sigmoid(x)
    return s / s.sum(dim=dim, keepdim=True)

# %% mistake: overflow_nan
# For large scores your answer is NaN: exp(1000) is infinite (and exp(−1000) is 0), and such numbers can't be divided.
# ? What may you subtract from all scores of a row without changing their shares?
def softmax(x, dim=-1):
    return torch.exp(x) / torch.exp(x).sum(dim=dim, keepdim=True)

# %% mistake: log_softmax
# You returned the logarithms of the shares; they are below 0.
# ? Do your numbers add up to 1?
def softmax(x, dim=-1):
    return F.log_softmax(x, dim=dim)

# %% mistake: divide_by_max
# You divided by the largest number, not by the sum: the largest share is always 1.
# ? What must all shares of a row add up to?
def softmax(x, dim=-1):
    e = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return e / e.amax(dim=dim, keepdim=True)

# %% mistake: divide_by_max
def softmax(x, dim=-1):
    return x / x.amax(dim=dim, keepdim=True)

# %% mistake: divide_by_max
def softmax(x, dim=-1):
    return torch.exp(x - x.amax(dim=dim, keepdim=True))

# %% mistake: last_dim_always
# The argument `dim` is not used: your shares always add up along the last dimension.
# ? What should happen for dim=0?
def softmax(x, dim=-1):
    return torch.softmax(x, dim=-1)

# %% mistake: whole_table
# All shares of the table together add up to 1; those of each row should.
# ? How many rows does your sum go over?
def softmax(x, dim=-1):
    e = torch.exp(x - x.max())
    return e / e.sum()

# %% mistake: keepdim_missing
# Your sums lost a dimension, so they stop the code or are spread along the wrong one.
# ? Which shape does `e.sum(dim=1)` have for a table of 4 rows, and which with `keepdim=True`?
def softmax(x, dim=-1):
    e = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return e / e.sum(dim=dim)

# %% mistake: keepdim_missing
def softmax(x, dim=-1):
    e = torch.exp(x - x.amax(dim=dim))
    return e / e.sum(dim=dim)

# %% mistake: largest_of_the_table
# You subtracted the largest score of the whole table; in a row that lies far below it, every exp became 0.
# ? What is the largest exp in each row if each row subtracts its own largest score?
def softmax(x, dim=-1):
    e = torch.exp(x - x.max())
    return e / e.sum(dim=dim, keepdim=True)

# %% mistake: hardmax
# You gave everything to the largest score. Softmax shares it out.
# ? What should the scores 0 and 0.1 get: 0 and 1, or almost the same?
def softmax(x, dim=-1):
    return (x == x.amax(dim=dim, keepdim=True)).to(x.dtype)

# %% mistake: softmin
# The smallest score has got the largest share: a sign is wrong.
# ? What becomes of exp if its argument grows?
def softmax(x, dim=-1):
    return torch.softmax(-x, dim=dim)

# %% mistake: not_on_the_device
# The numbers are right, but your code works on the CPU only: a tensor was made anew on the way, or NumPy took part.
# ? On which device is a new tensor made if you do not say `device=x.device`?
def softmax(x, dim=-1):
    a = x.numpy()
    e = np.exp(a - a.max(axis=dim, keepdims=True))
    return torch.from_numpy(e / e.sum(axis=dim, keepdims=True))

# %% mistake: not_on_the_device
def softmax(x, dim=-1):
    return torch.tensor(torch.softmax(x, dim).tolist(), dtype=x.dtype)

# %% mistake: returns_nothing
# Your function returned None. Did you forget `return`?
# ? What becomes of your result when the function ends?
def softmax(x, dim=-1):
    torch.softmax(x, dim)

# %% wrong: known_answer
def softmax(x, dim=-1):
    return torch.tensor([0.0859, 0.8566, 0.0576])

# %% wrong: uniform
def softmax(x, dim=-1):
    return torch.full_like(x, 1 / x.shape[dim])

# %% wrong: unchanged
def softmax(x, dim=-1):
    return x

# %% wrong: smallest_subtracted
def softmax(x, dim=-1):
    e = torch.exp(x - x.min(dim=dim, keepdim=True).values)
    return e / e.sum(dim=dim, keepdim=True)

# %% wrong: first_subtracted
def softmax(x, dim=-1):
    e = torch.exp(x - x.narrow(dim, 0, 1))
    return e / e.sum(dim=dim, keepdim=True)

# %% mistake: squeezed_twice
# You took the softmax of the softmax: the shares are too much alike.
# ? How often is exp taken of each score, and how often should it be?
def softmax(x, dim=-1):
    return torch.softmax(torch.softmax(x, dim), dim)

# %% mistake: another_number_subtracted
# You subtract the mean, or the smallest score. Then a score that lies far above it still gets an infinite exp.
# ? Which score must be subtracted, so that no exp is above 1?
def softmax(x, dim=-1):
    e = torch.exp(x - x.mean(dim=dim, keepdim=True))
    return e / e.sum(dim=dim, keepdim=True)

# %% mistake: scores_cut_off
# You cut large scores off: 1000 and 1001 became alike, and so did their shares.
# ? What may you subtract from all scores of a row without changing their shares?
def softmax(x, dim=-1):
    e = torch.exp(x.clamp(-80, 80))
    return e / e.sum(dim=dim, keepdim=True)

# %% mistake: nan_replaced
# You put another number where NaN came out, but not the right one: 1000 and 1001 have shares too.
# ? What may you subtract from all scores of a row, so that no NaN comes out?
def softmax(x, dim=-1):
    e = torch.exp(x)
    return torch.nan_to_num(e / e.sum(dim=dim, keepdim=True))

# %% mistake: shifted_in_one_place
# You subtract the largest score above the fraction bar only; below it stands the sum of the same exps.
# ? Do your shares add up to 1?
def softmax(x, dim=-1):
    return torch.exp(x - x.amax(dim=dim, keepdim=True)) / torch.exp(x).sum(dim=dim, keepdim=True)

# %% mistake: whole_table
def softmax(x, dim=-1):
    e = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return e / e.sum()

# %% mistake: dim_one_by_default
# Without `dim` your function goes along dimension 1, which a single list of scores does not have. The last dimension has the number −1, however many there are.
# ? Which default stands in the first line of the question?
def softmax(x, dim=1):
    return torch.softmax(x, dim)

# %% mistake: tables_only
# Your code takes x for a table and goes row by row; it may also be one list of scores, or a block.
# ? What is a "row" of a tensor with one dimension?
def softmax(x, dim=-1):
    return torch.stack([torch.softmax(row, dim=0) for row in x])

# %% alternative: moved_dimension
def softmax(x, dim=-1):
    y = x.movedim(dim, -1)
    e = torch.exp(y - y.max(dim=-1)[0].unsqueeze(-1))
    return (e / e.sum(dim=-1, keepdim=True)).movedim(-1, dim)
