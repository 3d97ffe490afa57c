import math

import numpy as np
import torch
from torch import nn
from torch.nn.utils import parameters_to_vector

# %% reference
def count_parameters(model, trainable_only=False):
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)

# %% alternative: loop_over_names
def count_parameters(model, trainable_only=False):
    total = 0
    for _, parameter in model.named_parameters():
        if trainable_only and not parameter.requires_grad:
            continue
        total += math.prod(parameter.shape)
    return total

# %% alternative: numpy_of_shapes
def count_parameters(model, trainable_only=False):
    chosen = filter(lambda p: p.requires_grad, model.parameters()) if trainable_only else model.parameters()
    return np.sum([np.prod(p.shape) for p in chosen]).astype(int)

# %% alternative: walk_and_remember
def count_parameters(model, trainable_only=False):
    seen = {}
    for module in model.modules():
        for p in module._parameters.values():
            if p is not None and (p.requires_grad or not trainable_only):
                seen[id(p)] = p.nelement()
    return sum(seen.values())

# %% alternative: one_long_vector
def count_parameters(model, trainable_only=False):
    if trainable_only:
        return sum(len(p.flatten()) for p in model.parameters() if p.requires_grad)
    return parameters_to_vector(model.parameters()).shape[0]

# %% mistake: counts_tensors
# You counted the tensors. What is wanted is how many numbers are in them.
# ? How many numbers are in a weight of shape (4, 8)?
def count_parameters(model, trainable_only=False):
    return len([p for p in model.parameters() if p.requires_grad or not trainable_only])

# %% mistake: weights_only
# You counted the weights, but not the biases. Biases are learned too.
# ? Which names does `model.named_parameters()` list besides those that end in `weight`?
def count_parameters(model, trainable_only=False):
    return sum(p.numel() for p in model.parameters() if p.dim() > 1 and (p.requires_grad or not trainable_only))

# %% mistake: top_level_only
# You counted the layers at the top of the model, but not those inside a block of it.
# ? What does `model.children()` leave out that `model.modules()` shows?
def count_parameters(model, trainable_only=False):
    total = 0
    for layer in model.children():
        for p in layer.parameters(recurse=False):
            if p.requires_grad or not trainable_only:
                total += p.numel()
    return total

# %% mistake: counts_shared_twice
# A weight that two layers share was counted twice. It is one tensor, and is learned once.
# ? Where in your count do you notice that you have seen a tensor before?
def count_parameters(model, trainable_only=False):
    return sum(
        p.numel() for _, p in model.named_parameters(remove_duplicate=False) if p.requires_grad or not trainable_only
    )

# %% mistake: counts_buffers
# You counted buffers as well: numbers such as BatchNorm's running statistics, which are stored with the model but not learned.
# ? Which entries of `model.state_dict()` are not in `model.named_parameters()`?
def count_parameters(model, trainable_only=False):
    if trainable_only:
        return sum(p.numel() for p in model.parameters() if p.requires_grad)
    return sum(tensor.numel() for tensor in model.state_dict().values())

# %% wrong: linear_layers_only
def count_parameters(model, trainable_only=False):
    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    tensors = {id(p): p for layer in layers for p in layer.parameters()}
    return sum(p.numel() for p in tensors.values() if p.requires_grad or not trainable_only)

# %% wrong: ignores_trainable_only
def count_parameters(model, trainable_only=False):
    return sum(p.numel() for p in model.parameters())

# %% wrong: always_trainable_only
def count_parameters(model, trainable_only=False):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: looks_at_values
def count_parameters(model, trainable_only=False):
    return sum(p.detach().numpy().size for p in model.parameters() if p.requires_grad or not trainable_only)

# %% wrong: constant
def count_parameters(model, trainable_only=False):
    return 57
