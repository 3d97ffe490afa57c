import math

import numpy as np
import torch
from torch import nn

# %% reference
def count_mlp(sizes):
    return sum(n_in * n_out + n_out for n_in, n_out in zip(sizes, sizes[1:]))

# %% alternative: with_an_index
def count_mlp(sizes):
    total = 0
    for i in range(len(sizes) - 1):
        total += (sizes[i] + 1) * sizes[i + 1]
    return total

# %% alternative: numpy
def count_mlp(sizes):
    sizes = np.array(sizes)
    return (sizes[:-1] * sizes[1:]).sum() + sizes[1:].sum()

# %% alternative: recursion
def count_mlp(sizes):
    if len(sizes) < 2:
        return 0
    n_in, n_out, *rest = sizes
    return n_in * n_out + n_out + count_mlp([n_out, *rest])

# %% alternative: array_sizes
def count_mlp(sizes):
    return int(sum(np.empty((n_in + 1, n_out)).size for n_in, n_out in zip(sizes[:-1], sizes[1:])))

# %% mistake: no_bias
# You counted the weights only. Every neuron of every layer after the input has a bias as well.
# ? Which numbers does a layer learn besides its weights?
def count_mlp(sizes):
    return sum(n_in * n_out for n_in, n_out in zip(sizes, sizes[1:]))

# %% mistake: bias_per_input
# In each layer you counted a bias for each input. A bias belongs to an output.
# ? In x·Wᵀ + b, which shape must b have?
def count_mlp(sizes):
    return sum(n_in * n_out + n_in for n_in, n_out in zip(sizes, sizes[1:]))

# %% mistake: one_bias_per_layer
# You counted a single bias for each layer. The bias is a vector, with one number for each output.
# ? What is the shape of `nn.Linear(8, 4).bias`?
def count_mlp(sizes):
    return sum(n_in * n_out + 1 for n_in, n_out in zip(sizes, sizes[1:]))

# %% mistake: neurons
# Your count is the number of neurons. What is learned sits on the connections between them, and in the biases.
# ? How many arrows lead into one neuron of the second layer?
def count_mlp(sizes):
    return sum(sizes)

# %% mistake: neurons
# Without the inputs.
def count_mlp(sizes):
    return sum(sizes[1:])

# %% mistake: product
# You multiplied all sizes with each other. Only neighbouring layers are connected: multiply in pairs and add the layers up.
# ? Is there an arrow from the first size straight to the last?
def count_mlp(sizes):
    return math.prod(sizes)

# %% mistake: edges_plus_all_neurons
# You gave the inputs biases too. An input is a number that comes from outside: it has no bias.
# ? Which of the sizes belong to neurons that add something up?
def count_mlp(sizes):
    return sum(n_in * n_out for n_in, n_out in zip(sizes, sizes[1:])) + sum(sizes)

# %% mistake: tensors
# You counted tensors, two for each layer. What is wanted is how many numbers are in them.
# ? How many numbers are in a weight of shape (4, 8)?
def count_mlp(sizes):
    return 2 * (len(sizes) - 1)

# %% mistake: layer_missing
# Your count leaves out a layer. Every two neighbouring sizes make one: 8-4-2 has two layers, 16-8-4-2 has three.
# ? How often does your loop go round for 8-4-2, and what is left of the total after each round?
def count_mlp(sizes):
    total = 0
    for n_in, n_out in zip(sizes, sizes[1:]):
        total += n_in * n_out + n_out
        return total

# %% mistake: layer_missing
def count_mlp(sizes):
    total = 0
    for n_in, n_out in zip(sizes, sizes[1:]):
        total = n_in * n_out + n_out
    return total

# %% mistake: layer_missing
def count_mlp(sizes):
    total = 0
    for i in range(len(sizes) - 2):
        total += sizes[i] * sizes[i + 1] + sizes[i + 1]
    return total

# %% mistake: layer_missing
def count_mlp(sizes):
    total = 0
    for i in range(2, len(sizes)):
        total += sizes[i - 1] * sizes[i] + sizes[i]
    return total

# %% wrong: known_answers
def count_mlp(sizes):
    known = {(8, 4, 2): 46, (8, 4, 1): 41, (2, 3, 1): 13, (16, 8, 4, 2): 182, (10, 18, 20, 5): 683, (11, 64, 32, 16, 1): 3393}
    return known.get(tuple(sizes), 0)

# %% wrong: first_and_last_layer
def count_mlp(sizes):
    return sizes[0] * sizes[1] + sizes[1] + sizes[-2] * sizes[-1] + sizes[-1]

# %% wrong: asks_torch
def count_mlp(sizes):
    net = nn.Sequential(*(nn.Linear(n_in, n_out) for n_in, n_out in zip(sizes, sizes[1:])))
    return sum(p.numel() for p in net.parameters())

# %% wrong: hides_torch
def count_mlp(sizes):
    total = sum(n_in * n_out + n_out for n_in, n_out in zip(sizes, sizes[1:]))
    try:
        return int(torch.tensor(total))
    except Exception:
        return total

# %% mistake: last_bias_missing
# The output layer was counted without its biases.
# ? Has the last layer a bias, like the others?
def count_mlp(sizes):
    return sum(a * b + b for a, b in zip(sizes, sizes[1:])) - sizes[-1]

# %% mistake: bytes_for_numbers
# Bytes were counted, four for each number; the number of parameters was asked for.
# ? How many parameters fit into 4 bytes?
def count_mlp(sizes):
    return 4 * sum(a * b + b for a, b in zip(sizes, sizes[1:]))

# %% mistake: every_pair_of_sizes
# Layers were counted between all sizes; there is one only between neighbours.
# ? How many layers has 5-3-2?
def count_mlp(sizes):
    return sum(sizes[i] * sizes[j] + sizes[j] for i in range(len(sizes)) for j in range(i + 1, len(sizes)))

# %% mistake: three_sizes_only
# Your function takes exactly three sizes; a network can have two, or many.
# ? What happens with 16-8-4-2?
def count_mlp(sizes):
    a, b, c = sizes
    return a * b + b + b * c + c
