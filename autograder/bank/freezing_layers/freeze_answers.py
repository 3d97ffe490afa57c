import itertools

import numpy as np
import torch
from torch import nn

# %% reference
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[:n_layers]:
        for p in layer.parameters():
            p.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% alternative: module_method
def freeze(model, n_layers):
    seen = 0
    for name, module in model.named_modules():
        if seen == n_layers:
            break
        if type(module) == nn.Linear:
            module.requires_grad_(False)
            seen += 1
    return int(np.sum([p.numel() for p in model.parameters() if p.requires_grad]))

# %% alternative: islice_and_attributes
def freeze(model, n_layers):
    layers = itertools.islice(filter(lambda m: isinstance(m, nn.Linear), model.modules()), n_layers)
    for layer in layers:
        layer.weight.requires_grad = False
        if layer.bias is not None:
            layer.bias.requires_grad = False
    return sum(map(torch.numel, filter(lambda p: p.requires_grad, model.parameters())))

# %% alternative: by_full_names
def freeze(model, n_layers):
    names = [name for name, m in model.named_modules() if isinstance(m, nn.Linear)][:n_layers]
    count = 0
    for name, p in model.named_parameters():
        if name.rpartition(".")[0] in names:
            p.requires_grad = False
        else:
            count += p.numel()
    return count

# %% mistake: weights_only
# Your weights are frozen, but the biases of the same layers still ask for a gradient, so they will move.
# ? How many tensors does a linear layer learn?
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[:n_layers]:
        layer.weight.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: index_shift
# Too few layers are frozen: places in the model were counted, and activations have places too.
# ? In Sequential(Linear, ReLU, Linear), which module is number 1?
def freeze(model, n_layers):
    for name, p in model.named_parameters():
        if name.split(".")[0] in [str(i) for i in range(n_layers)]:
            p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: module_attribute
# No parameter is frozen: your code made a new attribute that nobody reads (`requires_grad` on a module, or a name such as
# `trainable` or `require_grad`).
# ? Which attribute of which objects does autograd look at?
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[:n_layers]:
        layer.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: nothing_frozen
# No parameter is frozen: every `requires_grad` is still True.
# ? Does your code set the flag, and on what: the model's parameters, or what `.data`, `.detach()` or a copy gives?
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[:n_layers]:
        for p in layer.parameters():
            p.detach().requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: froze_head
# You froze what stands at the end, the head too; only the first `n_layers` linear layers should stay as they are.
# ? Which linear layers does your code pick when `n_layers` is 1?
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[-n_layers:]:
        for p in layer.parameters():
            p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: froze_head
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[n_layers:]:
        for p in layer.parameters():
            p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: froze_head
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in [*linears[:n_layers], linears[-1]]:
        for p in layer.parameters():
            p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: froze_all
# Every parameter is frozen, so nothing is left that could learn.
# ? Where does your code use `n_layers`?
def freeze(model, n_layers):
    for p in model.parameters():
        p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: substring_match
# In a long model too many layers are frozen: part of a name was looked for, and "1" is in "10" too.
# ? Which names contain the text you look for, beside the one you mean?
def freeze(model, n_layers):
    names = [name for name, m in model.named_modules() if isinstance(m, nn.Linear)][:n_layers]
    for name, p in model.named_parameters():
        if any(part in name for part in names):
            p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: begins_with_the_second
# Your first linear layer still trains, and a later one is frozen in its place: you began to count at the second.
# ? Which index has the first item of a list?
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[1:n_layers + 1]:
        for p in layer.parameters():
            p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: one_too_many
# One linear layer too many is frozen: with `n_layers=1` it is two.
# ? How many items has `layers[:n + 1]`, and how many numbers are there with `i <= n`, counted from 0?
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[:n_layers + 1]:
        layer.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: freezes_tensors
# You froze the first `n_layers` tensors; a linear layer has two of them, so too little is frozen.
# ? Which tensors are the first two in `model.parameters()`?
def freeze(model, n_layers):
    for p in list(model.parameters())[:n_layers]:
        p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: only_one_layer
# Only a single linear layer is frozen, where all of the first `n_layers` should be.
# ? For `n_layers=2`, which layers does your code go through?
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for p in linears[n_layers - 1].parameters():
        p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: only_one_layer
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for p in linears[n_layers].parameters():
        p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: outer_layers_only
# Linear layers inside of other modules are passed over.
# ? What do `model.children()` and `model.modules()` give for a Sequential in a Sequential?
def freeze(model, n_layers):
    for layer in [m for m in model.children() if isinstance(m, nn.Linear)][:n_layers]:
        layer.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: counts_frozen
# The right layers are frozen, but the number is that of the frozen parameters; those that still train are asked for.
# ? Which value of `requires_grad` has a parameter that still trains?
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[:n_layers]:
        layer.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if not p.requires_grad)

# %% mistake: counts_all
# The right layers are frozen, but you counted all parameters, the frozen ones too.
# ? What tells a parameter that still trains from a frozen one?
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[:n_layers]:
        layer.requires_grad_(False)
    return sum(p.numel() for p in model.parameters())

# %% mistake: counts_tensors
# The right layers are frozen, but you counted tensors; the numbers in them are asked for.
# ? How many numbers does a tensor of shape (4, 4) hold?
def freeze(model, n_layers):
    for layer in [m for m in model.modules() if isinstance(m, nn.Linear)][:n_layers]:
        layer.requires_grad_(False)
    return len([p for p in model.parameters() if p.requires_grad])

# %% mistake: eval_as_well
# You put the frozen layers into eval mode too. That changes how Dropout and BatchNorm behave and has nothing to do with gradients: leave the modes alone.
# ? What does eval() change in an nn.Linear?
def freeze(model, n_layers):
    linear = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linear[:n_layers]:
        layer.eval()
        for p in layer.parameters():
            p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: returns_nothing
def freeze(model, n_layers):
    for layer in [m for m in model.modules() if isinstance(m, nn.Linear)][:n_layers]:
        layer.requires_grad_(False)

# %% wrong: the_example
def freeze(model, n_layers):
    for name, p in model.named_parameters():
        p.requires_grad = name[0] not in "02"
    return 5

# %% wrong: counts_linear_only
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[:n_layers]:
        layer.requires_grad_(False)
    return sum(p.numel() for m in linears for p in m.parameters() if p.requires_grad)

# %% wrong: a_float
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[:n_layers]:
        layer.requires_grad_(False)
    return float(sum(p.numel() for p in model.parameters() if p.requires_grad))

# %% wrong: eval_mode
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in linears[:n_layers]:
        layer.requires_grad_(False)
    model.eval()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: what_stands_before
def freeze(model, n_layers):
    seen = 0
    for module in model.modules():
        if seen == n_layers:
            break
        seen += isinstance(module, nn.Linear)
        for p in module.parameters(recurse=False):
            p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: two_tensors_a_layer
# Parameters were frozen by their place in the list, two for each layer. That goes wrong as soon as another module has parameters, or a layer has no bias.
# ? What are the first four tensors of a model that begins with a normalisation layer?
def freeze(model, n_layers):
    for p in list(model.parameters())[: 2 * n_layers]:
        p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: everything_before_too
# Not only linear layers are frozen: other parameters, before them or in between, are frozen as well.
# ? Of which modules do you set the flags?
def freeze(model, n_layers):
    seen = 0
    for m in model.modules():
        if isinstance(m, nn.Linear):
            seen += 1
            if seen > n_layers:
                break
        for p in m.parameters(recurse=False):
            p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% mistake: everything_before_too
def freeze(model, n_layers):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for p in model.parameters():
        p.requires_grad = False
    for m in linears[n_layers:]:
        m.requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
