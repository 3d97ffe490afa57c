import math

import torch
from torch import nn

# %% reference
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + (c_out if bias else 0)

# %% alternative: counts_the_places
def conv_size(n, kernel, stride=1, padding=0):
    return len(range(0, n + 2 * padding - kernel + 1, stride))


def conv_parameters(c_in, c_out, kernel, bias=True):
    return sum(c_in * kernel * kernel + int(bias) for _ in range(c_out))

# %% alternative: asks_torch
def conv_size(n, kernel, stride=1, padding=0):
    return nn.Conv1d(1, 1, kernel, stride, padding)(torch.zeros(1, 1, n)).shape[-1]


def conv_parameters(c_in, c_out, kernel, bias=True):
    layer = nn.Conv2d(c_in, c_out, kernel, bias=bias)
    return sum(p.numel() for p in layer.parameters())

# %% alternative: floor
def conv_size(n, kernel, stride=1, padding=0):
    return math.floor((n - kernel + 2 * padding) / stride + 1)


def conv_parameters(c_in, c_out, kernel, bias=True):
    weights = torch.zeros(c_out, c_in, kernel, kernel).numel()
    if bias:
        weights += c_out
    return weights

# %% mistake: plus_one_missing
# The first place is not counted: a window that moves 4 times has been at 5 places.
# ? At how many places does a window of 3 fit into 3 numbers?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel) // stride


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + (c_out if bias else 0)

# %% mistake: padding_once
# You counted the padding once. It is added on both sides.
# ? How wide is a row of 5 numbers with one zero on either side?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + padding - kernel) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + (c_out if bias else 0)

# %% mistake: rounds_up
# You rounded up. Where the window would leave the row it has no place.
# ? Does a window of 3 with stride 2 fit three times into 6 numbers?
def conv_size(n, kernel, stride=1, padding=0):
    return math.ceil((n + 2 * padding - kernel) / stride) + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + (c_out if bias else 0)

# %% mistake: rounds_up
def conv_size(n, kernel, stride=1, padding=0):
    return round((n + 2 * padding - kernel) / stride + 0.01) + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + (c_out if bias else 0)

# %% mistake: not_whole
# Your size is not a whole number. A window that does not fit wholly does not count: divide and drop the rest.
# ? Can a map have 2.5 rows?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel) / stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + (c_out if bias else 0)

# %% mistake: stride_ignored
# The stride does not count in your size.
# ? How many places are left if the window jumps over every second one?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel) + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + (c_out if bias else 0)

# %% mistake: padding_ignored
# The padding does not count in your size.
# ? How wide is a row of 5 numbers with one zero on either side?
def conv_size(n, kernel, stride=1, padding=0):
    return (n - kernel) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + (c_out if bias else 0)

# %% mistake: kernel_ignored
# The size of the kernel does not count in your size.
# ? At how many places does a window of 3 fit into 3 numbers?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + (c_out if bias else 0)

# %% mistake: no_bias
# The biases are missing: one for each output channel.
# ? How many biases has a layer with 8 output channels?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2

# %% mistake: bias_always
# You count the biases also where bias is False.
# ? What does `bias=False` leave out?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + c_out

# %% mistake: bias_for_every_kernel
# You counted a bias for each pair of an input and an output channel. There is one for each output channel.
# ? How often is the bias added to a number of a map?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + (c_in * c_out if bias else 0)

# %% mistake: one_bias
# You counted one bias for the whole layer. There is one for each output channel.
# ? How many biases has a layer with 8 output channels?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel**2 + (1 if bias else 0)

# %% mistake: input_channels_forgotten
# Every output channel has a kernel for each input channel. You counted one kernel for each output channel.
# ? How many numbers has a 3 by 3 window of an image with three colours?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_out * kernel**2 + (c_out if bias else 0)

# %% mistake: side_not_square
# A kernel of side k has k · k numbers. You counted k.
# ? How many numbers has a 3 by 3 kernel?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_in * c_out * kernel + (c_out if bias else 0)

# %% wrong: visible_values
def conv_size(n, kernel, stride=1, padding=0):
    return 13


def conv_parameters(c_in, c_out, kernel, bias=True):
    return 224

# %% wrong: no_numbers
def conv_size(n, kernel, stride=1, padding=0):
    return n


def conv_parameters(c_in, c_out, kernel, bias=True):
    return None

# %% mistake: plus_one_before_dividing
# You add 1 before you divide by the stride. The first place counts besides the moves: divide, then add 1.
# ? How often can the window move, and how many places are that?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel + 1) // stride


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_out * c_in * kernel * kernel + (c_out if bias else 0)

# %% mistake: kernel_added
# You add the kernel's side. The larger the window, the fewer places it has: it is subtracted.
# ? At how many places does a window of 5 fit into a row of 5?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding + kernel) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_out * c_in * kernel * kernel + (c_out if bias else 0)

# %% mistake: bias_for_every_input
# You count a bias for each input channel. There is one for each output channel.
# ? To which number is a bias added?
def conv_size(n, kernel, stride=1, padding=0):
    return (n + 2 * padding - kernel) // stride + 1


def conv_parameters(c_in, c_out, kernel, bias=True):
    return c_out * c_in * kernel * kernel + (c_in if bias else 0)
