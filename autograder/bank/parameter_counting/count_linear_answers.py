import numpy as np
import torch
from torch import nn

# %% reference
def count_linear(n_in, n_out, bias=True):
    return n_in * n_out + (n_out if bias else 0)

# %% alternative: ask_torch
def count_linear(n_in, n_out, bias=True):
    return sum(p.numel() for p in nn.Linear(n_in, n_out, bias=bias).parameters())

# %% alternative: rows_of_a_table
def count_linear(n_in, n_out, bias=True):
    columns = n_in + 1 if bias else n_in
    return np.zeros((n_out, columns)).size

# %% alternative: counting_arrows
def count_linear(n_in, n_out, bias=True):
    total = 0
    for _ in range(n_out):
        for _ in range(n_in):
            total += 1
        if bias:
            total += 1
    return total

# %% alternative: bool_as_number
def count_linear(n_in, n_out, bias=True):
    return np.int64((n_in + bias) * n_out)

# %% alternative: tensor
def count_linear(n_in, n_out, bias=True):
    total = torch.tensor(n_in * n_out)
    if bias:
        total += n_out
    return total

# %% mistake: no_bias
# You counted the weights, but not the biases.
# ? Which numbers does `nn.Linear` learn besides its weights?
def count_linear(n_in, n_out, bias=True):
    return n_in * n_out

# %% mistake: bias_per_input
# You counted a bias for each input. A bias is added to an output, so there is one for each output.
# ? In x·Wᵀ + b, which shape must b have?
def count_linear(n_in, n_out, bias=True):
    return n_in * n_out + (n_in if bias else 0)

# %% mistake: one_bias
# You counted a single bias. The bias is a vector, with one number for each output.
# ? What is the shape of `nn.Linear(8, 4).bias`?
def count_linear(n_in, n_out, bias=True):
    return n_in * n_out + (1 if bias else 0)

# %% mistake: ignores_the_flag
# You count the biases even where `bias=False` says that there are none.
# ? Where in your code does `bias` make a difference?
def count_linear(n_in, n_out, bias=True):
    return n_in * n_out + n_out

# %% wrong: known_answers
def count_linear(n_in, n_out, bias=True):
    return {(8, 4, True): 36, (4, 2, True): 10, (3, 2, True): 8, (8, 4, False): 32, (3, 2, False): 6}.get((n_in, n_out, bias), 0)

# %% mistake: adds_the_sizes
# The sizes were added; there is a weight for each *pair* of an input and an output.
# ? How many pairs do 5 inputs and 3 outputs make?
def count_linear(n_in, n_out, bias=True):
    return n_in + n_out

# %% mistake: biases_for_inputs_too
# Inputs were given biases as well; only outputs have them.
# ? In the formula x · W^T + b, how long is b?
def count_linear(n_in, n_out, bias=True):
    return n_in * n_out + n_in + n_out

# %% mistake: biases_for_inputs_too
def count_linear(n_in, n_out, bias=True):
    return (n_in + 1) * (n_out + 1)

# %% mistake: counts_tensors
# You counted tensors, 2 or 1; the numbers in them were asked for.
# ? How many numbers does a weight of shape (3, 5) hold?
def count_linear(n_in, n_out, bias=True):
    return 2 if bias else 1

# %% wrong: bias_twice
def count_linear(n_in, n_out, bias=True):
    return n_in * n_out + 2 * n_out * bool(bias)
