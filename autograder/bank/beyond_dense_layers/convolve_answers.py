import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def convolve(image, kernel, bias=0.0, stride=1):
    _, height, width = image.shape
    _, kh, kw = kernel.shape
    rows, columns = (height - kh) // stride + 1, (width - kw) // stride + 1
    out = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = image[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = (window * kernel).sum() + bias
    return out

# %% alternative: unfold
def convolve(image, kernel, bias=0.0, stride=1):
    windows = image.unfold(1, kernel.shape[1], stride).unfold(2, kernel.shape[2], stride)
    return torch.einsum("cijkl,ckl->ij", windows, kernel) + bias

# %% alternative: numpy
def convolve(image, kernel, bias=0.0, stride=1):
    a = np.lib.stride_tricks.sliding_window_view(image.numpy(), tuple(kernel.shape))[0]
    return (a[::stride, ::stride] * kernel.numpy()).sum(axis=(2, 3, 4)) + bias

# %% alternative: shifted_images
def convolve(image, kernel, bias=0.0, stride=1):
    c, kh, kw = kernel.shape
    h, w = image.shape[1] - kh + 1, image.shape[2] - kw + 1
    total = torch.full((h, w), float(bias))
    for k in range(c):
        for i in range(kh):
            for j in range(kw):
                total += kernel[k, i, j] * image[k, i : i + h, j : j + w]
    return total[::stride, ::stride]

# %% alternative: as_one_matrix_product
def convolve(image, kernel, bias=0.0, stride=1):
    size = kernel.shape[1:]
    columns = F.unfold(image.unsqueeze(0), tuple(size), stride=stride)[0]
    rows = (image.shape[1] - size[0]) // stride + 1
    return (kernel.flatten() @ columns + bias).reshape(rows, -1)

# %% mistake: flipped_kernel
# You turned the kernel round before you laid it on the image. That is what mathematicians call a convolution; layers of networks use the kernel as it is.
# ? Which number of the kernel meets the upper left number of the window?
def convolve(image, kernel, bias=0.0, stride=1):
    _, height, width = image.shape
    _, kh, kw = kernel.shape
    rows, columns = (height - kh) // stride + 1, (width - kw) // stride + 1
    out = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = image[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = (window * kernel.flip(1, 2)).sum() + bias
    return out

# %% mistake: channels_not_summed
# Each channel has a map of its own in your answer. The channels of a window are added up too.
# ? How many maps does one kernel make?
def convolve(image, kernel, bias=0.0, stride=1):
    windows = image.unfold(1, kernel.shape[1], stride).unfold(2, kernel.shape[2], stride)
    return torch.einsum("cijkl,ckl->cij", windows, kernel) + bias

# %% mistake: first_channel_only
# Only the first channel counts in your map.
# ? Which channels of the window do you multiply?
def convolve(image, kernel, bias=0.0, stride=1):
    _, height, width = image.shape
    _, kh, kw = kernel.shape
    rows, columns = (height - kh) // stride + 1, (width - kw) // stride + 1
    out = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = image[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = (window[0] * kernel[0]).sum() + bias
    return out

# %% mistake: bias_missing
# The bias is left out.
# ? What should the map of an image of zeros hold?
def convolve(image, kernel, bias=0.0, stride=1):
    _, height, width = image.shape
    _, kh, kw = kernel.shape
    rows, columns = (height - kh) // stride + 1, (width - kw) // stride + 1
    out = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = image[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = (window * kernel).sum()
    return out

# %% mistake: bias_for_every_number
# The bias is added to every number of the window. It is added once to the sum.
# ? Does the bias stand inside the sum, or behind it?
def convolve(image, kernel, bias=0.0, stride=1):
    _, height, width = image.shape
    _, kh, kw = kernel.shape
    rows, columns = (height - kh) // stride + 1, (width - kw) // stride + 1
    out = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = image[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = (window * kernel + bias).sum()
    return out

# %% mistake: bias_for_every_number
def convolve(image, kernel, bias=0.0, stride=1):
    _, height, width = image.shape
    _, kh, kw = kernel.shape
    rows, columns = (height - kh) // stride + 1, (width - kw) // stride + 1
    out = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = image[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = sum((window[c] * kernel[c]).sum() + bias for c in range(len(kernel)))
    return out

# %% mistake: stride_ignored
# Your window always moves by one.
# ? Where does `stride` appear in your function?
def convolve(image, kernel, bias=0.0, stride=1):
    _, height, width = image.shape
    _, kh, kw = kernel.shape
    rows, columns = height - kh + 1, width - kw + 1
    out = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = image[:, i : i + kh, j : j + kw]
            out[i, j] = (window * kernel).sum() + bias
    return out

# %% mistake: stride_in_the_size_only
# The map has the right size, but the windows stand next to each other: they move by one.
# ? Where does the window of i = 1 begin with a stride of 2?
def convolve(image, kernel, bias=0.0, stride=1):
    _, height, width = image.shape
    _, kh, kw = kernel.shape
    rows, columns = (height - kh) // stride + 1, (width - kw) // stride + 1
    out = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = image[:, i : i + kh, j : j + kw]
            out[i, j] = (window * kernel).sum() + bias
    return out

# %% mistake: last_place_missing
# The last row and the last column of places are missing. A window of 2 fits into 3 numbers at two places.
# ? At how many places does a window of 2 fit into 3 numbers?
def convolve(image, kernel, bias=0.0, stride=1):
    _, height, width = image.shape
    _, kh, kw = kernel.shape
    rows, columns = (height - kh) // stride, (width - kw) // stride
    out = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = image[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = (window * kernel).sum() + bias
    return out

# %% mistake: pads_with_zeros
# Your window leaves the image: your map is as large as the image, with zeros around it.
# ? How many places does the window have if it must stay inside?
def convolve(image, kernel, bias=0.0, stride=1):
    image = F.pad(image, (0, kernel.shape[2] - 1, 0, kernel.shape[1] - 1))
    windows = image.unfold(1, kernel.shape[1], stride).unfold(2, kernel.shape[2], stride)
    return torch.einsum("cijkl,ckl->ij", windows, kernel) + bias

# %% mistake: mean_not_sum
# You averaged over the window. The products are added up.
# ? What does a kernel of ones do: add up, or average?
def convolve(image, kernel, bias=0.0, stride=1):
    _, height, width = image.shape
    _, kh, kw = kernel.shape
    rows, columns = (height - kh) // stride + 1, (width - kw) // stride + 1
    out = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = image[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = (window * kernel).mean() + bias
    return out

# %% mistake: turned_map
# Rows and columns of your map are swapped.
# ? Which index of the map counts the rows of the image?
def convolve(image, kernel, bias=0.0, stride=1):
    _, height, width = image.shape
    _, kh, kw = kernel.shape
    rows, columns = (height - kh) // stride + 1, (width - kw) // stride + 1
    out = torch.zeros(rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = image[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = (window * kernel).sum() + bias
    return out.T

# %% wrong: calls_the_library
def convolve(image, kernel, bias=0.0, stride=1):
    return F.conv2d(image.unsqueeze(0), kernel.unsqueeze(0), torch.tensor([float(bias)]), stride)[0, 0]

# %% wrong: uses_the_layer
def convolve(image, kernel, bias=0.0, stride=1):
    layer = nn.Conv2d(len(kernel), 1, tuple(kernel.shape[1:]), stride)
    layer.weight.data, layer.bias.data = kernel[None], torch.tensor([float(bias)])
    return layer(image[None])[0, 0].detach()

# %% wrong: one_place
def convolve(image, kernel, bias=0.0, stride=1):
    _, kh, kw = kernel.shape
    return (image[:, :kh, :kw] * kernel).sum() + bias

# %% wrong: the_image
def convolve(image, kernel, bias=0.0, stride=1):
    return image[0]

# %% wrong: calls_the_library_in_3d
def convolve(image, kernel, bias=0.0, stride=1):
    return F.conv3d(image[None, None], kernel[None, None], stride=(1, stride, stride))[0, 0, 0] + bias

# %% mistake: stride_in_one_direction
# The stride moves your window by rows only. It moves by columns too.
# ? In which of your two loops does the stride stand?
def convolve(image, kernel, bias=0.0, stride=1):
    _, kh, kw = kernel.shape
    windows = image.unfold(1, kh, stride).unfold(2, kw, 1)
    return (windows * kernel[:, None, None]).sum(dim=(0, 3, 4)) + bias

# %% mistake: stride_in_one_direction
def convolve(image, kernel, bias=0.0, stride=1):
    _, kh, kw = kernel.shape
    windows = image.unfold(1, kh, 1).unfold(2, kw, stride)
    return (windows * kernel[:, None, None]).sum(dim=(0, 3, 4)) + bias

# %% mistake: pads_the_image
# You put zeros around the image. Here the window stays inside of it: no padding.
# ? How many rows has the map of 3 rows and a kernel of 2?
def convolve(image, kernel, bias=0.0, stride=1):
    padded = torch.zeros(image.shape[0], image.shape[1] + 2, image.shape[2] + 2)
    padded[:, 1:-1, 1:-1] = image
    _, kh, kw = kernel.shape
    windows = padded.unfold(1, kh, stride).unfold(2, kw, stride)
    return (windows * kernel[:, None, None]).sum(dim=(0, 3, 4)) + bias

# %% mistake: map_with_a_channel
# Your map has a third dimension of size 1. One kernel makes one map: rows and columns, and nothing else.
# ? Which dimension of size 1 is left over, and how do you drop it?
def convolve(image, kernel, bias=0.0, stride=1):
    _, kh, kw = kernel.shape
    windows = image.unfold(1, kh, stride).unfold(2, kw, stride)
    return ((windows * kernel[:, None, None]).sum(dim=(0, 3, 4)) + bias).unsqueeze(0)
