import math

import numpy as np
import torch
from torch import nn

# %% reference
def default_bound(n_in):
    return 1 / math.sqrt(n_in)

# %% alternative: power
def default_bound(n_in):
    return n_in ** -0.5

# %% alternative: tensor
def default_bound(n_in):
    return torch.rsqrt(torch.tensor(float(n_in)))

# %% alternative: numpy_scalar
def default_bound(n_in):
    return np.float64(1.0) / np.sqrt(n_in)

# %% alternative: float32_item
def default_bound(n_in):
    return 1 / torch.sqrt(torch.tensor(float(n_in))).item()

# %% alternative: float32_inside
def default_bound(n_in):
    return (1 / torch.sqrt(torch.tensor(float(n_in)))).item()

# %% alternative: from_variance
def default_bound(n_in):
    variance = 1 / (3 * n_in)
    return math.sqrt(3 * variance)

# %% mistake: always_0_125
# You answered 0.125, which is the bound of one width only; other widths have other bounds.
# ? For which number of inputs is the bound 0.125?
def default_bound(n_in):
    return 0.125

# %% mistake: uses_fan_out
# You answered 1 whatever the number of inputs: that is the bound by the number of outputs of a layer with one output.
# ? In `weight.shape`, which of the two numbers is the inputs?
def default_bound(n_in):
    layer = nn.Linear(n_in, 1)
    return 1 / math.sqrt(layer.weight.shape[0])

# %% mistake: no_root
# You answered 1/n_in: for 16 inputs 0.0625, where 1/√16 = 0.25 is wanted.
# ? Does four times the width give a quarter of the bound, or half of it?
def default_bound(n_in):
    return 1 / n_in

# %% mistake: halved_not_rooted
# `n ** 1 / 2` is n divided by 2: the power comes first. The root is `n ** 0.5`, or `math.sqrt(n)`.
# ? What is 16 ** 1 / 2?
def default_bound(n_in):
    return 1 / (n_in ** 1 / 2)

# %% wrong: table
def default_bound(n_in):
    return {16: 0.25, 64: 0.125}.get(n_in, 0.25)

# %% wrong: xavier
def default_bound(n_in):
    return math.sqrt(6 / n_in)

# %% wrong: one_draw
def default_bound(n_in):
    return nn.Linear(n_in, 1).weight.abs().max().item()

# %% mistake: halved_not_rooted
def default_bound(n_in):
    return 1 / n_in ** 1 / 2

# %% mistake: kaimings_spread
# That is the spread √(2 / n_in) that Kaiming's start gives to the weights, not the bound of the default one.
# ? Which number stands under the root in the formula of this question?
def default_bound(n_in):
    return (2 / n_in) ** 0.5

# %% mistake: kaimings_spread
def default_bound(n_in):
    return (6 / n_in) ** 0.5

# %% mistake: spread_for_bound
# That is the standard deviation of the default weights; the bound is asked for, up to which they are drawn.
# ? Numbers drawn evenly from −b to b have the spread b / √3. Which of the two is asked for?
def default_bound(n_in):
    return (1 / (3 * n_in)) ** 0.5

# %% wrong: measured
def default_bound(n_in):
    return nn.Linear(n_in, 1000).weight.abs().max().item()
