import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand_like(x) >= p
    return keep * x / (1 - p)

# %% alternative: bernoulli
def dropout(x, p, training):
    if training and p > 0:
        mask = torch.bernoulli(torch.full_like(x, 1 - p))
        return x * mask / max(1 - p, 1e-12)
    return x.clone()

# %% alternative: masked_fill
def dropout(x, p, training):
    if not training or p == 0:
        return x
    out = x.masked_fill(torch.rand(x.shape, device=x.device) < p, 0.0)
    return out if p == 1 else out / (1 - p)

# %% alternative: numpy
def dropout(x, p, training):
    if not training:
        return x
    keep = torch.from_numpy(np.random.rand(*x.shape) >= p).to(x.device)
    return torch.where(keep, x / (1 - p if p < 1 else 1), torch.zeros_like(x))

# %% mistake: no_rescale
# What is kept is not made larger: on average the output is 1 − p times too small.
# ? If a quarter is dropped, by what must the rest be multiplied to keep the sum?
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand_like(x) >= p
    return keep * x

# %% mistake: active_in_eval
# Your dropout also drops where training is False.
# ? Where does `training` appear in your function?
def dropout(x, p, training):
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand_like(x) >= p
    return keep * x / (1 - p)

# %% mistake: never_active
# Your dropout never drops anything.
# ? What should happen where training is True?
def dropout(x, p, training):
    return x

# %% mistake: training_upside_down
# Your dropout drops in use, and not in training.
# ? In which of the two should the numbers be random?
def dropout(x, p, training):
    if training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand_like(x) >= p
    return keep * x / (1 - p)

# %% mistake: rescale_in_eval
# You rescale where training is False. Here that is done in training: divide by 1 − p there, and leave x alone in use.
# ? What should come back where training is False?
def dropout(x, p, training):
    if not training:
        return x * (1 - p)
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand_like(x) >= p
    return keep * x

# %% mistake: rescale_in_eval
def dropout(x, p, training):
    if not training:
        return x * (1 - p)
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand_like(x) >= p
    return keep * x / (1 - p)

# %% mistake: p_is_kept
# You keep the share p and drop the rest. p is the share that is dropped.
# ? With p = 0.3, how many of ten numbers stay?
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand_like(x) < p
    return keep * x / (1 - p)

# %% mistake: p_is_kept
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand_like(x) < p
    return keep * x / p if p else x * 0

# %% mistake: divides_by_p
# You divide by p. What is kept is the share 1 − p.
# ? If a quarter is dropped, by what must the rest be multiplied to keep the sum?
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand_like(x) >= p
    return keep * x / p if p else x

# %% mistake: multiplies_by_share
# You multiply by 1 − p, which makes the output smaller still. Divide by it.
# ? If a quarter is dropped, by what must the rest be multiplied to keep the sum?
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand_like(x) >= p
    return keep * x * (1 - p)

# %% mistake: whole_columns
# Whole columns are dropped: your random numbers are drawn once and used for every row.
# ? How many random numbers do you draw for a table of 40 rows and 50 columns?
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand(x.shape[-1], device=x.device) >= p
    return keep * x / (1 - p)

# %% mistake: whole_rows
# Whole rows are dropped: your random numbers are drawn once and used for every column.
# ? How many random numbers do you draw for a table of 40 rows and 50 columns?
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand(len(x), 1, device=x.device) >= p
    return keep * x / (1 - p)

# %% mistake: same_mask_each_time
# Each call drops the same elements: the random numbers are fixed by a seed.
# ? What would the network learn if always the same units were missing?
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    torch.manual_seed(0)
    keep = torch.rand_like(x) >= p
    return keep * x / (1 - p)

# %% mistake: same_mask_each_time
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand(x.shape, generator=torch.Generator().manual_seed(1)).to(x.device) >= p
    return keep * x / (1 - p)

# %% mistake: divides_by_zero
# For p = 1 you divide by 0, and NaN comes out.
# ? What is left where everything is dropped?
def dropout(x, p, training):
    if not training:
        return x
    keep = torch.rand_like(x) >= p
    return keep * x / (1 - p)

# %% mistake: changes_the_input
# The result is right, but the x that was given has been changed.
# ? What does somebody see who still holds x?
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    x[torch.rand_like(x) < p] = 0
    x /= 1 - p
    return x

# %% mistake: adds_noise
# You multiply by random numbers. Dropout multiplies by 0 or by one and the same factor.
# ? Which values may the output have for an x of 1?
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand_like(x)
    return keep * x / (1 - p)

# %% wrong: calls_the_library
def dropout(x, p, training):
    return F.dropout(x, p, training)

# %% wrong: uses_the_layer
def dropout(x, p, training):
    return nn.Dropout(p).train(training)(x)

# %% wrong: every_other_element
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.arange(x.numel(), device=x.device).reshape(x.shape) % 2 == 0
    return keep * x / (1 - p)

# %% wrong: forgets_the_device
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand(x.shape) >= p
    return keep * x / (1 - p)

# %% wrong: zeros_on_the_cpu
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros(x.shape)
    return (torch.rand_like(x) >= p) * x / (1 - p)

# %% mistake: always_one_half
# You drop one half, whatever p is.
# ? Where in your function does p decide which elements are dropped?
def dropout(x, p, training):
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    return x * (torch.rand_like(x) >= 0.5) / (1 - p)
