import copy

import torch
from torch import nn

# %% reference
def replace_head(model, n_out):
    name, old = [(n, m) for n, m in model.named_modules() if isinstance(m, nn.Linear)][-1]
    parent, _, last = name.rpartition(".")
    setattr(model.get_submodule(parent), last, nn.Linear(old.in_features, n_out))
    return model

# %% alternative: two_cases
def replace_head(model, n_out):
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(model[-1].in_features, n_out)
    else:
        model.head = nn.Linear(model.head.in_features, n_out)
    return model

# %% alternative: new_sequential
def replace_head(model, n_out):
    if hasattr(model, "head"):
        model.add_module("head", nn.Linear(model.head.in_features, n_out))
        return model
    *layers, old = model
    body = nn.Sequential(*layers)
    return nn.Sequential(body, nn.Linear(old.weight.shape[1], n_out))

# %% alternative: copies_and_refills
def replace_head(model, n_out):
    model = copy.deepcopy(model)
    old = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    fresh = nn.Linear(old.in_features, n_out)
    old.weight, old.bias, old.out_features = fresh.weight, fresh.bias, n_out
    return model

# %% mistake: head_frozen_too
# Your new head is frozen, all of it or a part, and what is frozen there cannot learn the new task.
# ? When, and from what, does each tensor of the new head get its `requires_grad`?
def replace_head(model, n_out):
    name, old = [(n, m) for n, m in model.named_modules() if isinstance(m, nn.Linear)][-1]
    parent, _, last = name.rpartition(".")
    setattr(model.get_submodule(parent), last, nn.Linear(old.in_features, n_out))
    for p in model.parameters():
        p.requires_grad = False
    return model

# %% mistake: head_frozen_too
def replace_head(model, n_out):
    name, old = [(n, m) for n, m in model.named_modules() if isinstance(m, nn.Linear)][-1]
    parent, _, last = name.rpartition(".")
    new = nn.Linear(old.in_features, n_out)
    new.weight.requires_grad = old.weight.requires_grad
    new.bias.requires_grad = old.bias.requires_grad
    setattr(model.get_submodule(parent), last, new)
    return model

# %% mistake: in_features_hardcoded
# Your head takes another number of inputs than the old head took.
# ? Where does the old head say how many inputs it takes?
def replace_head(model, n_out):
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(64, n_out)
    else:
        model.head = nn.Linear(64, n_out)
    return model

# %% mistake: in_features_hardcoded
def replace_head(model, n_out):
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(64, n_out)
    else:
        model.head = nn.Linear(model.head.in_features, n_out)
    return model

# %% mistake: in_features_hardcoded
def replace_head(model, n_out):
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(model[-1].in_features, n_out)
    else:
        model.head = nn.Linear(64, n_out)
    return model

# %% mistake: appended_not_replaced
# Your new layer stands behind the old head, which is still there.
# ? What should happen to the layer that answered the old question?
def replace_head(model, n_out):
    old = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    return nn.Sequential(model, nn.Linear(old.out_features, n_out))

# %% mistake: body_frozen_too
# Your new head is right, but all of the body is frozen now, also what was trainable before.
# ? Which flags of the body should be different after the change of the head?
def replace_head(model, n_out):
    for p in model.parameters():
        p.requires_grad = False
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(model[-1].in_features, n_out)
    else:
        model.head = nn.Linear(model.head.in_features, n_out)
    return model

# %% mistake: keeps_old_rows
# Your new head starts with rows of the old one. The new classes have nothing to do with the old ones: make a fresh layer and leave its start as it is.
# ? What did the first row of the old head answer?
def replace_head(model, n_out):
    old = model[-1] if isinstance(model, nn.Sequential) else model.head
    new = nn.Linear(old.in_features, n_out)
    with torch.no_grad():
        rows = min(n_out, old.out_features)
        new.weight[:rows] = old.weight[:rows]
        new.bias[:rows] = old.bias[:rows]
    if isinstance(model, nn.Sequential):
        model[-1] = new
    else:
        model.head = new
    return model

# %% wrong: returns_nothing
def replace_head(model, n_out):
    name, old = [(n, m) for n, m in model.named_modules() if isinstance(m, nn.Linear)][-1]
    parent, _, last = name.rpartition(".")
    setattr(model.get_submodule(parent), last, nn.Linear(old.in_features, n_out))

# %% wrong: identity
def replace_head(model, n_out):
    return model

# %% wrong: fresh_body
def replace_head(model, n_out):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            layer.reset_parameters()
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(model[-1].in_features, n_out)
    else:
        model.head = nn.Linear(model.head.in_features, n_out)
    return model

# %% wrong: thaws_body
def replace_head(model, n_out):
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(model[-1].in_features, n_out)
    else:
        model.head = nn.Linear(model.head.in_features, n_out)
    return model.requires_grad_(True)

# %% mistake: layer_returned
# You return the new layer alone. The whole model is asked for, with the new head in it.
# ? What does your function give back: the model, or the layer?
def replace_head(model, n_out):
    old = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    return nn.Linear(old.in_features, n_out)

# %% wrong: children_in_order
def replace_head(model, n_out):
    *layers, old = model.children()
    return nn.Sequential(*layers, nn.Linear(old.in_features, n_out))

# %% wrong: first_hidden_width
def replace_head(model, n_out):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(linears[0].out_features, n_out)
    else:
        model.head = nn.Linear(linears[0].out_features, n_out)
    return model

# %% wrong: inputs_of_the_layer_before
def replace_head(model, n_out):
    linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(linears[-2].in_features, n_out)
    else:
        model.head = nn.Linear(linears[-2].in_features, n_out)
    return model

# %% wrong: widest_inputs
def replace_head(model, n_out):
    widest = max(m.in_features for m in model.modules() if isinstance(m, nn.Linear))
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(widest, n_out)
    else:
        model.head = nn.Linear(widest, n_out)
    return model

# %% wrong: out_features_as_inputs
def replace_head(model, n_out):
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(model[-1].out_features, n_out)
    else:
        model.head = nn.Linear(model.head.out_features, n_out)
    return model

# %% mistake: head_without_bias
# The new head has no bias.
# ? Which argument of `nn.Linear` decides that, and what is it if you say nothing?
def replace_head(model, n_out):
    if hasattr(model, "head"):
        model.head = nn.Linear(model.head.in_features, n_out, bias=False)
    else:
        model[-1] = nn.Linear(model[-1].in_features, n_out, bias=False)
    return model

# %% mistake: sizes_exchanged
# The head has inputs and outputs exchanged.
# ? In which order does `nn.Linear` take its two sizes?
def replace_head(model, n_out):
    if hasattr(model, "head"):
        model.head = nn.Linear(n_out, model.head.in_features)
    else:
        model[-1] = nn.Linear(n_out, model[-1].in_features)
    return model

# %% mistake: body_unfrozen
# What was frozen in the body is trainable now. Its flags should stay as they were.
# ? On which parameters do you set `requires_grad`?
def replace_head(model, n_out):
    if hasattr(model, "head"):
        model.head = nn.Linear(model.head.in_features, n_out)
    else:
        model[-1] = nn.Linear(model[-1].in_features, n_out)
    for p in model.parameters():
        p.requires_grad = True
    return model

# %% mistake: forward_lost
# Your new model calls its parts one after the other; but the `forward` of the old one did more than that.
# ? How can a module get a new layer and keep its own `forward`?
def replace_head(model, n_out):
    *body, head = model.children()
    return nn.Sequential(*body, nn.Linear(head.in_features, n_out))

# %% mistake: body_started_anew
# The body has other numbers than before: what it had learned is lost.
# ? What do `reset_parameters` and a new model do to the weights?
def replace_head(model, n_out):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            m.reset_parameters()
    if hasattr(model, "head"):
        model.head = nn.Linear(model.head.in_features, n_out)
    else:
        model[-1] = nn.Linear(model[-1].in_features, n_out)
    return model

# %% mistake: only_its_number_changed
# The old head's `out_features` has another value, but its weights are the old ones, in number and size.
# ? What makes a new weight of the right shape?
def replace_head(model, n_out):
    head = model.head if hasattr(model, "head") else model[-1]
    head.out_features = n_out
    return model

# %% mistake: in_features_hardcoded
def replace_head(model, n_out):
    if isinstance(model, nn.Sequential):
        model[-1] = nn.Linear(6, n_out)
    else:
        model.head = nn.Linear(model.head.in_features, n_out)
    return model

# %% mistake: last_module_for_the_head
# You took the last module of the model for its head. The head is the last linear layer; a norm, say, may stand behind it.
# ? Which module does a model list last that keeps its norm behind the head?
def replace_head(model, n_out):
    name, old = list(model.named_children())[-1]
    setattr(model, name, nn.Linear(old.in_features, n_out))
    return model
