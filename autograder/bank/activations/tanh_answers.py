import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def tanh(x):
    e = torch.exp(-2 * x.abs())
    return torch.sign(x) * (1 - e) / (1 + e)

# %% alternative: library
def tanh(x):
    return torch.tanh(x)

# %% alternative: by_sigmoid
def tanh(x):
    return 2 * torch.sigmoid(2 * x) - 1

# %% alternative: one_sided_exp
def tanh(x):
    return 2 / (1 + torch.exp(-2 * x)) - 1

# %% alternative: clamped
def tanh(x):
    x = x.clamp(-30, 30)
    return (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))

# %% alternative: numpy
def tanh(x):
    return torch.from_numpy(np.asarray(np.tanh(x.detach().cpu().numpy()))).to(x.device)

# %% alternative: plain_python
def tanh(x):
    flat = [math.tanh(v) for v in x.flatten().tolist()]
    return torch.tensor(flat, dtype=x.dtype, device=x.device).reshape(x.shape)

# %% stand_in
def tanh(x):
    return torch.tanh(x)

# %% mistake: missing_brackets
# The difference above the fraction bar and the sum below it need brackets: a division is done before both.
# ? At 1, is your answer 2.9509 or 0.7616?
def tanh(x):
    return torch.exp(x) - torch.exp(-x) / torch.exp(x) + torch.exp(-x)

# %% mistake: missing_brackets
def tanh(x):
    return (torch.exp(x) - torch.exp(-x)) / torch.exp(x) + torch.exp(-x)

# %% mistake: missing_brackets
def tanh(x):
    return torch.exp(x) - torch.exp(-x) / (torch.exp(x) + torch.exp(-x))

# %% mistake: overflow_nan
# For large x your answer is NaN: exp(1000) is infinite, and infinity divided by infinity is no number.
# ? How can you write tanh so that exp only gets small?
def tanh(x):
    return (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))

# %% mistake: overflow_nan
def tanh(x):
    e = torch.exp(2 * x)
    return (e - 1) / (e + 1)

# %% mistake: overflow_nan
def tanh(x):
    return torch.sinh(x) / torch.cosh(x)

# %% mistake: sigmoid_instead
# Your curve runs from 0 to 1: that is the sigmoid. tanh runs from −1 to 1.
# ? Which number should tanh(0) be?
def tanh(x):
    return torch.sigmoid(x)

# %% mistake: half_argument
# Your curve is too flat: it is tanh(x/2). The exponent is 2x.
# ? What is tanh(1), and what does your function say?
def tanh(x):
    return 2 * torch.sigmoid(x) - 1

# %% mistake: half_argument
def tanh(x):
    e = torch.exp(-x.abs())
    return torch.sign(x) * (1 - e) / (1 + e)

# %% mistake: sign_lost
# Left of 0 the sign is wrong: tanh is negative there.
# ? What should tanh(−2) be if tanh(2) is 0.9640?
def tanh(x):
    e = torch.exp(-2 * x.abs())
    return (1 - e) / (1 + e)

# %% mistake: sign_flipped
# The sign is flipped: tanh rises.
# ? Should tanh(1) be above or below 0?
def tanh(x):
    return -torch.tanh(x)

# %% mistake: upside_down
# Your fraction stands on its head: the difference belongs above the bar, the sum below.
# ? Can tanh be larger than 1?
def tanh(x):
    return 1 / torch.tanh(x)

# %% mistake: hard_tanh
# Your curve is made of straight pieces; tanh is bent.
# ? What should tanh(0.5) be: 0.5 or 0.4621?
def tanh(x):
    return x.clamp(-1, 1)

# %% mistake: tan
# You used the tangent of trigonometry; wanted is the hyperbolic one, with an h.
# ? What is `torch.tan(torch.tensor(1.0))`?
def tanh(x):
    return torch.tan(x)

# %% mistake: math_exp
# `math.exp` takes one number; your x is a tensor of many.
# ? Which library has an exp that works on each number of a tensor?
def tanh(x):
    return math.tanh(x)

# %% mistake: math_exp
def tanh(x):
    return (math.exp(x) - math.exp(-x)) / (math.exp(x) + math.exp(-x))

# %% mistake: not_on_the_device
# The numbers are right, but your code works on the CPU only: a tensor was made anew on the way, or NumPy took part.
# ? On which device is a new tensor made if you do not say `device=x.device`?
def tanh(x):
    return torch.from_numpy(np.asarray(np.tanh(x.numpy())))

# %% mistake: not_on_the_device
def tanh(x):
    return torch.tensor([math.tanh(v) for v in x.flatten().tolist()], dtype=x.dtype).reshape(x.shape)

# %% mistake: returns_nothing
# Your function returned None. Did you forget `return`?
# ? What becomes of your result when the function ends?
def tanh(x):
    torch.tanh(x)

# %% wrong: known_answer
def tanh(x):
    return torch.full_like(x, 0.7616)

# %% wrong: sign_only
def tanh(x):
    return torch.sign(x)

# %% mistake: changes_x
# The answer is right, but x is written over: afterwards your function's caller has lost it. Methods that end in `_` work in place.
# ? What does `y = torch.tanh_(x)` leave in x?
def tanh(x):
    return torch.tanh_(x)

# %% mistake: nan_replaced
# You put another number where NaN came out, but not the right one: right of 0 it should be 1, left of 0 −1.
# ? How can you write tanh so that no NaN comes out in the first place?
def tanh(x):
    return torch.nan_to_num((torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x)))

# %% mistake: nan_replaced
def tanh(x):
    return torch.nan_to_num((torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x)), nan=1.0)

# %% mistake: clamped_too_soon
# You cut x off too soon: tanh(3) is 0.9951 and not 1 yet.
# ? From which x on is tanh 1 to the last digit, and how large is exp there?
def tanh(x):
    x = x.clamp(-3, 3)
    return (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))

# %% mistake: changes_x
def tanh(x):
    x.clamp_(-20, 20)
    return (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))

# %% mistake: slope_instead
# You answer how steep tanh is, 1 − tanh²; wanted is tanh itself.
# ? Which number should tanh(0) be: 0 or 1?
def tanh(x):
    return 1 - torch.tanh(x) ** 2

# %% alternative: expm1
def tanh(x):
    e = torch.expm1(-2 * x.abs())
    return -torch.sign(x) * e / (e + 2)
