import math

import numpy as np
import torch
from torch import nn

# %% reference
def parameter_table(model):
    return {name: (tuple(p.shape), p.numel()) for name, p in model.named_parameters()}

# %% alternative: loop
def parameter_table(model):
    table = {}
    for name, parameter in model.named_parameters():
        shape = parameter.shape
        table[name] = (shape, math.prod(shape))
    return table

# %% alternative: zipped_lists
def parameter_table(model):
    names = [name for name, _ in model.named_parameters()]
    shapes = [list(p.size()) for p in model.parameters()]
    sizes = [np.prod(shape, dtype=int) for shape in shapes]
    return dict(zip(names, [list(pair) for pair in zip(shapes, sizes)]))

# %% alternative: module_by_module
def parameter_table(model):
    table = dict()
    for prefix, module in model.named_modules():
        for name, p in module.named_parameters(recurse=False):
            full = f"{prefix}.{name}" if prefix else name
            table[full] = tuple(p.detach().numpy().shape), len(p.reshape(-1))
    return table

# %% mistake: uses_state_dict_with_buffers
# Your table holds buffers as well, such as BatchNorm's running statistics. They are stored with the model, but not learned.
# ? Which entries of `model.state_dict()` are not in `model.named_parameters()`?
def parameter_table(model):
    return {name: (tuple(tensor.shape), tensor.numel()) for name, tensor in model.state_dict().items()}

# %% mistake: uses_state_dict_with_buffers
# The statistics, but not their counter.
def parameter_table(model):
    table = {}
    for name, tensor in model.state_dict().items():
        if "num_batches" not in name:
            table[name] = (tuple(tensor.shape), tensor.numel())
    return table

# %% mistake: shape_transposed
# Your shapes are the wrong way round. A weight is stored as (outputs, inputs), the last number counts the inputs.
# ? What does `nn.Linear(8, 4).weight.shape` say?
def parameter_table(model):
    return {name: (tuple(reversed(p.shape)), p.numel()) for name, p in model.named_parameters()}

# %% mistake: weights_only
# Your table holds the weights, but not the biases. Biases are learned too.
# ? Which names does `model.named_parameters()` list besides those that end in `weight`?
def parameter_table(model):
    return {name: (tuple(p.shape), p.numel()) for name, p in model.named_parameters() if "bias" not in name}

# %% mistake: weights_only
# Nothing but what is called a weight.
def parameter_table(model):
    return {name: (tuple(p.shape), p.numel()) for name, p in model.named_parameters() if name.endswith("weight")}

# %% mistake: weights_only
# What has more than one dimension: the weight of a BatchNorm has not.
def parameter_table(model):
    return {name: (tuple(p.shape), p.numel()) for name, p in model.named_parameters() if p.dim() > 1}

# %% mistake: skips_frozen
# Frozen parameters are missing from your table. They are not trained now, but they are parameters.
# ? Which parameters does your table leave out, and what are they there for when the model runs?
def parameter_table(model):
    return {name: (tuple(p.shape), p.numel()) for name, p in model.named_parameters() if p.requires_grad}

# %% wrong: counts_rows
def parameter_table(model):
    return {name: (tuple(p.shape), p.shape[0]) for name, p in model.named_parameters() if p.dim()}

# %% wrong: top_level_only
def parameter_table(model):
    return {
        f"{name}.{kind}": (tuple(p.shape), p.numel())
        for name, layer in model.named_children() for kind, p in layer.named_parameters(recurse=False)
    }

# %% wrong: empty
def parameter_table(model):
    return {}

# %% mistake: shape_alone
# The rows hold a shape alone; a pair (shape, how many numbers) was asked for.
# ? What are the two parts of a row in the example?
def parameter_table(model):
    return {name: tuple(p.shape) for name, p in model.named_parameters()}

# %% mistake: pair_exchanged
# The pairs are the wrong way round: first the shape, then the number.
# ? Which comes first in the contract?
def parameter_table(model):
    return {name: (p.numel(), tuple(p.shape)) for name, p in model.named_parameters()}

# %% mistake: dimensions_for_numbers
# The second part of a row counts dimensions, or rows; how many numbers the parameter holds was asked for.
# ? What do `dim()`, `len()` and `numel()` say of a weight of shape (3, 5)?
def parameter_table(model):
    return {name: (tuple(p.shape), p.dim()) for name, p in model.named_parameters()}

# %% mistake: dimensions_for_numbers
def parameter_table(model):
    return {name: (tuple(p.shape), p.shape[0]) for name, p in model.named_parameters()}

# %% mistake: shape_as_text
# A shape came as text; a tuple of numbers was asked for.
# ? What does `type(...)` say of your shape?
def parameter_table(model):
    return {name: (str(tuple(p.shape)), p.numel()) for name, p in model.named_parameters()}

# %% wrong: keeps_the_rows_of_the_model_before
rows = {}

def parameter_table(model):
    for name, p in model.named_parameters():
        rows[name] = (tuple(p.shape), p.numel())
    return rows
