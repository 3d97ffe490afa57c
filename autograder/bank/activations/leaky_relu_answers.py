import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def leaky_relu(x, slope):
    return torch.where(x > 0, x, slope * x)

# %% alternative: library
def leaky_relu(x, slope):
    return F.leaky_relu(x if x.is_floating_point() else x.float(), slope)

# %% alternative: two_relus
def leaky_relu(x, slope):
    x = x if x.is_floating_point() else x.float()
    return torch.relu(x) - slope * torch.relu(-x)

# %% alternative: maximum
def leaky_relu(x, slope):
    return torch.maximum(x if x.is_floating_point() else x.float(), slope * x)

# %% alternative: assigned
def leaky_relu(x, slope):
    out = x.clone() if x.is_floating_point() else x.float()
    out[out < 0] *= slope
    return out

# %% alternative: numpy
def leaky_relu(x, slope):
    a = x.cpu().numpy()
    made = np.where(a > 0, a, slope * a).astype(a.dtype if a.dtype.kind == 'f' else np.float32)
    return torch.as_tensor(made).to(x.device)

# %% alternative: plain_python
def leaky_relu(x, slope):
    dtype = x.dtype if x.is_floating_point() else torch.float32
    flat = [v if v > 0 else slope * v for v in x.flatten().tolist()]
    return torch.tensor(flat, dtype=dtype, device=x.device).reshape(x.shape)

# %% alternative: layer
def leaky_relu(x, slope):
    return nn.LeakyReLU(slope)(x.to(torch.float32) if not x.dtype.is_floating_point else x)

# %% stand_in
def leaky_relu(x, slope):
    return F.leaky_relu(x if x.is_floating_point() else x.float(), slope)

# %% mistake: default_slope
# You left the slope at PyTorch's default, 0.01, or wrote it down as a number; use the argument.
# ? Where in your code does `slope` occur?
def leaky_relu(x, slope):
    return F.leaky_relu(x if x.is_floating_point() else x.float())

# %% mistake: default_slope
def leaky_relu(x, slope):
    return torch.where(x > 0, x, 0.01 * x)

# %% mistake: slope_everywhere
# You multiplied every number by the slope; right of 0 nothing changes.
# ? What should 3 become?
def leaky_relu(x, slope):
    return slope * x

# %% mistake: abs
# Left of 0 your answer is positive: the sign of x was lost.
# ? Should −2 with slope 0.05 give 0.1 or −0.1?
def leaky_relu(x, slope):
    return torch.where(x > 0, x, slope * x.abs())

# %% mistake: abs
def leaky_relu(x, slope):
    return torch.where(x > 0, x, -slope * x)

# %% mistake: clamped_below
# Far to the left your answer is cut off. LeakyReLU has no lower end.
# ? What should −1 000 000 give with slope 0.05?
def leaky_relu(x, slope):
    return torch.where(x > 0, x, slope * x).clamp(min=-1)

# %% mistake: clamped_below
def leaky_relu(x, slope):
    return torch.where(x > 0, x, slope * x.clamp(min=-100))

# %% mistake: relu_instead
# Left of 0 you answer 0: that is ReLU, without a leak.
# ? What is the slope for?
def leaky_relu(x, slope):
    return torch.relu(x if x.is_floating_point() else x.float())

# %% mistake: slope_itself
# Left of 0 your answer is the slope itself, whatever x is.
# ? Should −2 and −4 give the same?
def leaky_relu(x, slope):
    return torch.where(x > 0, x, torch.full_like(x, -slope, dtype=torch.get_default_dtype() if not x.is_floating_point() else x.dtype))

# %% mistake: slope_itself
def leaky_relu(x, slope):
    return torch.where(x > 0, x, torch.full_like(x, slope, dtype=torch.get_default_dtype() if not x.is_floating_point() else x.dtype))

# %% mistake: sides_swapped
# The sides are swapped: the slope belongs to the left of 0.
# ? Which side does ReLU leave as it is?
def leaky_relu(x, slope):
    return torch.where(x < 0, x, slope * x)

# %% mistake: int_crashes
# Your code stops at whole numbers: `F.leaky_relu` refuses them, and a tensor of whole numbers cannot hold −0.15. Make them real first.
# ? What did `int_ok` of assignment 01 say, and how do you turn whole numbers into real ones?
def leaky_relu(x, slope):
    return F.leaky_relu(x, slope)

# %% mistake: stays_whole
# Whole numbers were answered as whole numbers, so −0.15 became 0.
# ? Into which dtype do whole numbers have to be turned?
def leaky_relu(x, slope):
    return torch.where(x > 0, x, (slope * x).to(x.dtype))

# %% mistake: stays_whole
def leaky_relu(x, slope):
    out = x.clone()
    out[x < 0] = (slope * x[x < 0]).to(x.dtype)
    return out

# %% mistake: one_number_only
# Your `if` asks one question of a whole tensor; each number needs its own answer.
# ? What does PyTorch say to `if torch.tensor([1, -1]) > 0`?
def leaky_relu(x, slope):
    return x if x > 0 else slope * x

# %% mistake: not_on_the_device
# The numbers are right, but your code works on the CPU only: a tensor was made anew on the way, or NumPy took part.
# ? On which device is a new tensor made if you do not say `device=x.device`?
def leaky_relu(x, slope):
    flat = [v if v > 0 else slope * v for v in x.flatten().tolist()]
    return torch.tensor(flat, dtype=x.dtype if x.is_floating_point() else torch.float32).reshape(x.shape)

# %% mistake: not_on_the_device
def leaky_relu(x, slope):
    a = x.numpy()
    return torch.from_numpy(np.asarray(np.where(a > 0, a, slope * a).astype(a.dtype if a.dtype.kind == 'f' else np.float32)))

# %% mistake: returns_nothing
# Your function returned None. Did you forget `return`?
# ? What becomes of your result when the function ends?
def leaky_relu(x, slope):
    torch.where(x > 0, x, slope * x)

# %% wrong: known_answer
def leaky_relu(x, slope):
    return torch.full_like(x, -0.1, dtype=torch.float32)

# %% wrong: unchanged
def leaky_relu(x, slope):
    return x

# %% mistake: changes_x
# The answer is right, but x is written over: afterwards your function's caller has lost it. Work on a copy.
# ? After `out = x`, how many tensors are there?
def leaky_relu(x, slope):
    out = x if x.is_floating_point() else x.float()
    out[out < 0] *= slope
    return out

# %% wrong: old_cast
def leaky_relu(x, slope):
    x = x if x.is_floating_point() else x.type(torch.FloatTensor)
    return torch.where(x > 0, x, slope * x)

# %% mistake: int_crashes
def leaky_relu(x, slope):
    out = x.clone()
    out[out < 0] = out[out < 0] * slope
    return out

# %% mistake: changes_x
# Stops at whole numbers too.
def leaky_relu(x, slope):
    x[x < 0] *= slope
    return x

# %% mistake: default_slope
def leaky_relu(x, slope):
    return torch.where(x > 0, x, 0.05 * x)

# %% mistake: slope_added
# Right of 0 your answer is too large: the part with the slope belongs to the left only.
# ? What should 3 become, and what do you add to it?
def leaky_relu(x, slope):
    return torch.relu(x) + slope * x

# %% mistake: divides
# Left of 0 you divide by the slope; x is multiplied by it there.
# ? Should −2 with slope 0.05 become −0.1 or −40?
def leaky_relu(x, slope):
    return torch.where(x > 0, x, x / slope)

# %% alternative: with_abs
def leaky_relu(x, slope):
    return (1 + slope) / 2 * x + (1 - slope) / 2 * x.abs()
