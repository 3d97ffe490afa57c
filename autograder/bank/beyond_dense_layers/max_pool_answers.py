import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    windows = x.unfold(1, size, stride).unfold(2, size, stride)
    return windows.amax(dim=(3, 4))

# %% alternative: loops
def max_pool(x, size, stride=None):
    stride = stride or size
    channels, height, width = x.shape
    rows, columns = (height - size) // stride + 1, (width - size) // stride + 1
    out = torch.zeros(channels, rows, columns)
    for c in range(channels):
        for i in range(rows):
            for j in range(columns):
                out[c, i, j] = x[c, i * stride : i * stride + size, j * stride : j * stride + size].max()
    return out

# %% alternative: numpy
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    view = np.lib.stride_tricks.sliding_window_view(x.numpy(), (size, size), axis=(1, 2))
    return view[:, ::stride, ::stride].max(axis=(3, 4))

# %% alternative: maximum_of_shifts
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    h, w = x.shape[1] - size + 1, x.shape[2] - size + 1
    best = torch.full((x.shape[0], h, w), -torch.inf)
    for i in range(size):
        for j in range(size):
            best = torch.maximum(best, x[:, i : i + h, j : j + w])
    return best[:, ::stride, ::stride]

# %% mistake: mean_pool
# You took the mean of each window. Max pooling takes the largest number.
# ? Which number stands for a window with 1, 2, 3 and 10?
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    windows = x.unfold(1, size, stride).unfold(2, size, stride)
    return windows.mean(dim=(3, 4))

# %% mistake: min_pool
# You took the smallest number of each window.
# ? What does "max" stand for?
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    windows = x.unfold(1, size, stride).unfold(2, size, stride)
    return windows.amin(dim=(3, 4))

# %% mistake: starts_from_zero
# Where all numbers of a window are negative you answer 0: your largest number so far begins at 0, or the image was padded with zeros.
# ? What is the largest of −3 and −5?
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    windows = x.unfold(1, size, stride).unfold(2, size, stride)
    return windows.amax(dim=(3, 4)).clamp(min=0)

# %% mistake: stride_one
# Without a stride your windows overlap: they move by one. They should move by their own size.
# ? Which stride does the window have if none is given?
def max_pool(x, size, stride=None):
    stride = 1 if stride is None else stride
    windows = x.unfold(1, size, stride).unfold(2, size, stride)
    return windows.amax(dim=(3, 4))

# %% mistake: stride_ignored
# Your windows always move by their size, also where another stride is given.
# ? Where does `stride` appear in your function?
def max_pool(x, size, stride=None):
    stride = size
    windows = x.unfold(1, size, stride).unfold(2, size, stride)
    return windows.amax(dim=(3, 4))

# %% mistake: keeps_the_border
# You made windows of what is left over at the border. What does not fill a window is dropped.
# ? How many windows of 2 fit into 5 numbers, side by side?
def max_pool(x, size, stride=None):
    stride = stride or size
    channels, height, width = x.shape
    rows, columns = -(-(height - size) // stride) + 1, -(-(width - size) // stride) + 1
    out = torch.zeros(channels, rows, columns)
    for c in range(channels):
        for i in range(rows):
            for j in range(columns):
                out[c, i, j] = x[c, i * stride : i * stride + size, j * stride : j * stride + size].max()
    return out

# %% mistake: over_the_channels
# You took the largest number over the channels too. Each channel is pooled by itself.
# ? How many channels should come out of three?
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    windows = x.unfold(1, size, stride).unfold(2, size, stride)
    return windows.amax(dim=(0, 3, 4))

# %% mistake: rows_only
# You pooled along one direction only.
# ? How many numbers has a 2 by 2 window?
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    return x.unfold(1, size, stride).amax(dim=3)

# %% mistake: rows_only
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    return x.unfold(2, size, stride).amax(dim=3)

# %% mistake: one_number_for_all
# One number came back for a whole channel. Every window has one of its own.
# ? How many 2 by 2 windows fit into 4 by 6 numbers?
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    return x.amax(dim=(1, 2))

# %% mistake: places_not_numbers
# You return where the largest numbers stand. The numbers themselves are wanted.
# ? What is the difference between max and argmax?
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    windows = x.unfold(1, size, stride).unfold(2, size, stride)
    return windows.flatten(3).argmax(dim=3)

# %% mistake: picks_the_corner
# You take the first number of each window, not the largest: that is leaving out, not pooling.
# ? Which number of a window should be kept?
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    windows = x.unfold(1, size, stride).unfold(2, size, stride)
    return windows[..., 0, 0]

# %% wrong: calls_the_library
def max_pool(x, size, stride=None):
    return F.max_pool2d(x, size, stride)

# %% wrong: uses_the_layer
def max_pool(x, size, stride=None):
    return nn.MaxPool2d(size, stride)(x.unsqueeze(0))[0]

# %% wrong: the_image
def max_pool(x, size, stride=None):
    return x

# %% mistake: largest_size
# You keep the number of the largest size, without its sign. The largest of −4 and −2 is −2.
# ? Where do you take `abs`?
def max_pool(x, size, stride=None):
    stride = size if stride is None else stride
    return x.abs().unfold(1, size, stride).unfold(2, size, stride).amax(dim=(3, 4))
