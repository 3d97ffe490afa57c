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
# You did not go all the way down: parameters that sit deeper inside the model are missing from your count.
# ? For a block inside the model, what do `model.children()` and `model.modules()` each show?
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

# %% mistake: counts_buffers
# Shared weights once.
def count_parameters(model, trainable_only=False):
    total = sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)
    return total if trainable_only else total + sum(b.numel() for b in model.buffers())

# %% mistake: counts_buffers
# The statistics, but not their counter.
def count_parameters(model, trainable_only=False):
    if trainable_only:
        return sum(p.numel() for p in model.parameters() if p.requires_grad)
    return sum(tensor.numel() for tensor in model.state_dict().values() if tensor.is_floating_point())

# %% mistake: counts_buffers
def count_parameters(model, trainable_only=False):
    total = sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)
    for m in model.modules():
        if isinstance(m, nn.BatchNorm1d):
            total += m.running_mean.numel() + m.running_var.numel()
    return total

# %% mistake: linear_layers_only
# You counted the linear layers only. Other layers learn too, such as BatchNorm, and so do parameters outside of any layer.
# ? Which method hands out every parameter, whatever kind of layer it sits in?
def count_parameters(model, trainable_only=False):
    total = 0
    for m in model.modules():
        if isinstance(m, nn.Linear):
            total += sum(p.numel() for p in m.parameters() if p.requires_grad or not trainable_only)
    return total

# %% mistake: linear_layers_only
# Shared weights once.
def count_parameters(model, trainable_only=False):
    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    tensors = {id(p): p for layer in layers for p in layer.parameters()}
    return sum(p.numel() for p in tensors.values() if p.requires_grad or not trainable_only)

# %% mistake: ignores_trainable_only
# With `trainable_only=True` your count stays the same: frozen parameters are still in it.
# ? Which attribute of a parameter tells whether it is frozen, and where do you ask for it?
def count_parameters(model, trainable_only=False):
    return sum(p.numel() for p in model.parameters())

# %% mistake: always_trainable_only
# You leave out frozen parameters always. They count too, unless `trainable_only` is true.
# ? Where in your code does `trainable_only` make a difference?
def count_parameters(model, trainable_only=False):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: looks_at_values
def count_parameters(model, trainable_only=False):
    return sum(p.detach().numpy().size for p in model.parameters() if p.requires_grad or not trainable_only)

# %% wrong: constant
def count_parameters(model, trainable_only=False):
    return 57

# %% mistake: two_dimensions_only
# Only the first two sizes of a tensor were multiplied. The weight of a convolution, say, has four.
# ? What is `p.shape` of a layer that looks at pictures, and what does `p.numel()` say?
def count_parameters(model, trainable_only=False):
    ps = [p for p in model.parameters() if p.requires_grad or not trainable_only]
    return sum(p.shape[0] * (p.shape[1] if p.dim() > 1 else 1) for p in ps)

# %% mistake: counts_in_every_module
# Numbers were counted again in every module that holds them: `modules()` lists the outer model and its parts, and `parameters()` of each goes all the way down.
# ? What does `model.parameters()` alone list?
def count_parameters(model, trainable_only=False):
    return sum(p.numel() for m in model.modules() for p in m.parameters() if p.requires_grad or not trainable_only)

# %% mistake: parts_only
# Parameters of the model's own, outside of any layer, were left out, or shared ones counted twice: you added up what its parts hold.
# ? What does `model.parameters()` list that its children do not?
def count_parameters(model, trainable_only=False):
    return sum(p.numel() for m in model.children() for p in m.parameters() if p.requires_grad or not trainable_only)

# %% mistake: frozen_ones_instead
# With `trainable_only` the frozen parameters were counted; it is the others that are trained.
# ? What does `requires_grad` say of a frozen parameter?
def count_parameters(model, trainable_only=False):
    return sum(p.numel() for p in model.parameters() if not (trainable_only and p.requires_grad))

# %% wrong: stops_at_a_missing_bias
def count_parameters(model, trainable_only=False):
    seen = {}
    for module in model.modules():
        for p in module._parameters.values():
            if p.requires_grad or not trainable_only:
                seen[p] = p.numel()
    return sum(seen.values())
