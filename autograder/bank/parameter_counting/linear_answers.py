import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def linear(x, W, b):
    return x @ W.T + b

# %% alternative: library
def linear(x, W, b):
    return F.linear(x, W, bias=b)

# %% alternative: einsum
def linear(x, W, b):
    return torch.einsum("...i,oi->...o", x, W) + b

# %% alternative: multiply_and_sum
def linear(x, W, b):
    return (x.unsqueeze(-2) * W).sum(dim=-1) + b

# %% alternative: loops
def linear(x, W, b):
    if x.dim() == 1:
        return torch.stack([torch.dot(x, W[i]) + b[i] for i in range(W.shape[0])])
    return torch.stack([linear(row, W, b) for row in x])

# %% alternative: columns
def linear(x, W, b):
    if x.ndim == 1:
        return W.mv(x).add(b)
    return torch.addmm(b, x, W.t())

# %% alternative: layer
def linear(x, W, b):
    layer = nn.Linear(W.shape[1], W.shape[0], device=W.device, dtype=W.dtype)
    layer.weight, layer.bias = nn.Parameter(W), nn.Parameter(b)
    return layer(x).detach()

# %% mistake: W_is_in_out
# You used W as if its shape were (inputs, outputs). PyTorch stores it as (outputs, inputs): one row for each output.
# ? How long is a row of W: as long as x, or as long as the answer?
def linear(x, W, b):
    # Not x @ W: where that stops, a good deal else stops with the same words.
    return torch.einsum("...i,io->...o", x, W) + b

# %% mistake: W_is_in_out
# Looks at the sizes, and is wrong only where they don't tell.
def linear(x, W, b):
    if W.shape[0] == x.shape[-1]:
        return x @ W + b
    return x @ W.T + b

# %% mistake: bias_missing
# The products are right, but the bias was not added.
# ? What should the layer answer when x is all zeros?
def linear(x, W, b):
    return x @ W.T

# %% mistake: bias_per_row
# You added the bias down the rows, one number for each sample. It belongs to the outputs: one number for each column.
# ? Should the bias that a sample gets depend on its place in the batch?
def linear(x, W, b):
    return x @ W.T + b[:, None]

# %% mistake: bias_per_row
# One sample alone is right, and so are batches of no more samples than outputs but for their values.
def linear(x, W, b):
    if x.dim() == 1:
        return W @ x + b
    return torch.stack([W @ x[n] + b[n] for n in range(len(x))])

# %% mistake: bias_per_row
# The rows for which there is no bias are lost.
def linear(x, W, b):
    if x.dim() == 1:
        return W @ x + b
    return torch.stack([row @ W.T + bias for row, bias in zip(x, b)])

# %% mistake: W_times_x
# You put W in front of x. That answers for one sample, but in a batch the samples are the rows of x, so x stands in front.
# ? For a batch x of shape (N, in), which product has shape (N, out)?
def linear(x, W, b):
    return W @ x + b

# %% mistake: W_times_x
# The batch comes back on its side, as (outputs, samples).
def linear(x, W, b):
    return W @ x.T + b[:, None] if x.dim() == 2 else W @ x + b

# %% mistake: W_times_x
def linear(x, W, b):
    return W @ x.T + b if x.dim() == 2 else W @ x + b

# %% wrong: ignores_W
def linear(x, W, b):
    return torch.zeros_like(x[..., :1] * b) + b

# %% wrong: identity
def linear(x, W, b):
    return x

# %% mistake: always_a_batch
# Your answer always has two dimensions. One sample that comes in as a vector should come out as a vector.
# ? What is the shape of x when one sample is given, and what should come back?
def linear(x, W, b):
    return torch.atleast_2d(x) @ W.T + b

# %% mistake: bias_subtracted
# The bias was subtracted; it is added.
# ? Which sign does b have in the formula?
def linear(x, W, b):
    return x @ W.T - b

# %% mistake: all_biases_everywhere
# Every output got the sum of all biases; each output has one of its own.
# ? Which number of b belongs to output 0?
def linear(x, W, b):
    return x @ W.T + b.sum()

# %% mistake: weight_reshaped
# W was brought to shape (in, out) by `reshape` or `view`: the shapes fit, but the weights stand in other places. Transposing is meant.
# ? Write down a W with the numbers 1 to 6: what does `reshape(3, 2)` make of it, and what does `.T`?
def linear(x, W, b):
    return x @ W.reshape(W.shape[1], W.shape[0]) + b

# %% mistake: a_layer_of_its_own
# The answers come from a new layer with weights of its own, drawn at random; W and b play no part in them.
# ? Where do W and b enter?
def linear(x, W, b):
    return nn.Linear(W.shape[1], W.shape[0])(x)
