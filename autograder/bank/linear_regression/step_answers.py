import numpy as np
import torch

# %% reference
def step(z):
    return (z > 0).float()

# %% alternative: where
def step(z):
    return torch.where(z > 0, 1, 0)

# %% alternative: heaviside
def step(z):
    return torch.heaviside(z.double(), torch.zeros((), dtype=torch.float64))

# %% alternative: numpy
def step(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)

# %% alternative: clipped_sign
def step(z):
    return torch.sign(z).clamp(min=0)

# %% stand_in
def step(z):
    return torch.heaviside(z, torch.zeros_like(z))

# %% mistake: ge_zero
# Your step is 1 at zero; here it is 0 there and 1 only above.
# ? What is step(0)?
def step(z):
    return (z >= 0).float()

# %% mistake: sign_not_step
# Your function answers −1 below zero: that is the sign. A step answers 0 there.
# ? Which two answers may a step give?
def step(z):
    return torch.sign(z)

# %% mistake: sign_not_step
def step(z):
    return torch.where(z > 0, 1.0, -1.0)

# %% mistake: returns_bool
# You return True and False. A perceptron computes with the numbers 1 and 0, and PyTorch refuses to subtract True and False.
# ? How do you make numbers of `z > 0`?
def step(z):
    return z > 0

# %% mistake: if_on_a_tensor
# Python stopped at an `if`: a tensor of several numbers is neither true nor false.
# ? What would `if z > 0` mean where some of z are above zero and some are not?
def step(z):
    if z > 0:
        return torch.tensor(1.0)
    return torch.tensor(0.0)

# %% mistake: sigmoid
# Your function is a smooth curve from 0 to 1, the sigmoid. A step has only the two values.
# ? Which numbers between 0 and 1 should a step give?
def step(z):
    return torch.sigmoid(z)

# %% mistake: relu
# You return z itself above zero: that is ReLU. A step gives 1 there.
# ? What is step(3)?
def step(z):
    return torch.relu(z)

# %% mistake: upside_down
# Your step is 1 below and 0 above: the two are swapped.
# ? What is step(3)?
def step(z):
    return (z <= 0).float()

# %% mistake: upside_down
def step(z):
    return (z < 0).float()

# %% mistake: one_number_for_all
# One number came back where each element of z wants its own step.
# ? How many answers should a tensor of five numbers get?
def step(z):
    return torch.tensor(1.0 if (z > 0).any() else 0.0)

# %% mistake: one_number_for_all
def step(z):
    return torch.tensor(1.0 if z.sum() > 0 else 0.0)

# %% wrong: visible_values
def step(z):
    return torch.tensor([0.0, 0.0, 1.0, 1.0, 0.0])

# %% wrong: zeros
def step(z):
    return torch.zeros_like(z)

# %% wrong: the_argument
def step(z):
    return z

# %% mistake: one_half_at_zero
# At zero your step is one half. The question says: at zero it is 0.
# ? Which value does your function take exactly at zero?
def step(z):
    return torch.heaviside(z.float(), torch.tensor(0.5))

# %% mistake: ramp
# Between 0 and 1 you return z itself: that is a ramp. A step is 1 as soon as z is above zero.
# ? What should come out for 0.25?
def step(z):
    return z.float().clamp(0, 1)

# %% mistake: cut_off
# What lies between 0 and 1 is cut off to 0. A step is 1 as soon as z is above zero.
# ? What should come out for 0.25?
def step(z):
    return z.clamp(0, 1).int()
