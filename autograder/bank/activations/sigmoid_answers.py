import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def sigmoid(x):
    return 0.5 * (1 + torch.tanh(x / 2))

# %% alternative: library
def sigmoid(x):
    return torch.sigmoid(x)

# %% alternative: small_exp
def sigmoid(x):
    e = torch.exp(-x.abs())
    return torch.where(x >= 0, 1 / (1 + e), e / (1 + e))

# %% alternative: clamped
def sigmoid(x):
    return 1 / (1 + torch.exp(-x.clamp(-60, 60)))

# %% alternative: softmax_of_two
def sigmoid(x):
    pair = torch.stack([x, torch.zeros_like(x)], dim=-1)
    return torch.softmax(pair, dim=-1)[..., 0]

# %% alternative: log_space
def sigmoid(x):
    return torch.exp(-F.softplus(-x))

# %% stand_in
def sigmoid(x):
    return torch.sigmoid(x)

# %% mistake: sign_flipped
# The sign of x is flipped: large scores get answers near 0. Mind the minus in exp(−x).
# ? Should σ(2.4) be near 1 or near 0?
def sigmoid(x):
    return 0.5 * (1 - torch.tanh(x / 2))

# %% mistake: sign_flipped
def sigmoid(x):
    return 1 / (1 + torch.exp(x))

# %% mistake: sign_flipped
def sigmoid(x):
    return torch.exp(-x) / (1 + torch.exp(-x))

# %% mistake: overflow
# For large scores exp is infinite. Even where the value comes out right, the backward pass meets infinity divided by infinity, and the gradient is NaN.
# ? For which x is exp(−x) too large for a float?
def sigmoid(x):
    return 1 / (1 + torch.exp(-x))

# %% mistake: overflow
def sigmoid(x):
    return torch.exp(x) / (1 + torch.exp(x))

# %% mistake: overflow
def sigmoid(x):
    return torch.where(x >= 0, 1 / (1 + torch.exp(-x)), torch.exp(x) / (1 + torch.exp(x)))

# %% mistake: missing_brackets
# The sum below the fraction bar needs brackets: 1 / 1 + e is (1 / 1) + e.
# ? What is 1 / 1 + 3 in Python, and what is 1 / (1 + 3)?
def sigmoid(x):
    return 1 / 1 + torch.exp(-x)

# %% mistake: tanh_instead
# Your curve runs from −1 to 1: that is tanh. The sigmoid runs from 0 to 1.
# ? Which number should σ(0) be?
def sigmoid(x):
    return torch.tanh(x)

# %% mistake: half_argument_missing
# Your curve is too steep, as if x were doubled: the sigmoid is a tanh read at x/2.
# ? What is σ(2.4), and what does your function say?
def sigmoid(x):
    return 0.5 * (1 + torch.tanh(x))

# %% mistake: math_exp
# `math.exp` takes one number; your x is a tensor of many.
# ? Which library has an exp that works on each number of a tensor?
def sigmoid(x):
    return 0.5 * (1 + math.tanh(x / 2))

# %% mistake: math_exp
def sigmoid(x):
    return 1 / (1 + math.exp(-x))

# %% mistake: no_gradient
# The values are right, but no gradient passes through: your result was computed outside of PyTorch, or cut off.
# ? What do `.detach()`, `.item()`, NumPy and `torch.tensor(...)` do to the graph?
def sigmoid(x):
    return torch.from_numpy(np.asarray(1 / (1 + np.exp(-np.clip(x.detach().numpy(), -60, 60)))))

# %% mistake: no_gradient
def sigmoid(x):
    return (0.5 * (1 + torch.tanh(x / 2))).detach()

# %% mistake: no_gradient
def sigmoid(x):
    flat = [0.5 * (1 + math.tanh(v / 2)) for v in x.flatten().tolist()]
    return torch.tensor(flat, dtype=x.dtype).reshape(x.shape)

# %% mistake: no_gradient
def sigmoid(x):
    with torch.no_grad():
        return torch.sigmoid(x)

# %% mistake: not_on_the_device
# The numbers are right, but your code works on the CPU only: a tensor was made anew on the way.
# ? On which device is a new tensor made if you do not say `device=x.device`?
def sigmoid(x):
    return torch.full(x.shape, 0.5, dtype=x.dtype) * (1 + torch.tanh(x / 2))

# %% mistake: step
# Your answer jumps from 0 to 1. The sigmoid rises smoothly.
# ? What should σ(0.5) be?
def sigmoid(x):
    return (x > 0).to(x.dtype)

# %% mistake: step
def sigmoid(x):
    return torch.sigmoid(x).round()

# %% mistake: hard_sigmoid
# Your curve is made of straight pieces; the sigmoid is bent everywhere.
# ? Which formula has an exp in it?
def sigmoid(x):
    return F.hardsigmoid(x)

# %% mistake: returns_nothing
# Your function returned None. Did you forget `return`?
# ? What becomes of your result when the function ends?
def sigmoid(x):
    torch.sigmoid(x)

# %% wrong: known_answer
def sigmoid(x):
    return torch.full_like(x, 0.9168)

# %% wrong: half
def sigmoid(x):
    return 0.5 + 0 * x

# %% wrong: unchanged
def sigmoid(x):
    return x

# %% mistake: clamped_too_soon
# You cut x off too soon: σ(8) is not 1 yet, and far out the answer should be 1 or 0 to the last digit.
# ? How large is σ(−8), and how large is exp(20) for a float32?
def sigmoid(x):
    return 1 / (1 + torch.exp(-x.clamp(-8, 8)))

# %% mistake: clamped_too_soon
def sigmoid(x):
    return 1 / (1 + torch.exp(-x.clamp(-5, 5)))

# %% mistake: missing_brackets
def sigmoid(x):
    return torch.exp(x) / 1 + torch.exp(x)

# %% mistake: not_moved_up
# Your curve runs from −½ to ½: a tanh of half the height must still be moved up by one half.
# ? Which number should σ(0) be?
def sigmoid(x):
    return 0.5 * torch.tanh(x / 2)

# %% mistake: slope_instead
# You answer how steep the sigmoid is, σ·(1 − σ); wanted is σ itself.
# ? Which number should σ(0) be: 0.5 or 0.25?
def sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)
