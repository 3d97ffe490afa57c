import functools

import numpy as np
import torch
from torch import nn

# %% reference
def collapse(model):
    first, *rest = model
    with torch.no_grad():
        W, b = first.weight, first.bias
        for layer in rest:
            W, b = layer.weight @ W, layer.weight @ b + layer.bias
        result = nn.Linear(W.shape[1], W.shape[0])
        result.weight.copy_(W)
        result.bias.copy_(b)
    return result

# %% alternative: ask_the_model
@torch.no_grad()
def collapse(model):
    n_in = model[0].in_features
    b = model(torch.zeros(n_in))
    W = (model(torch.eye(n_in)) - b).T
    one = nn.Linear(n_in, len(b))
    one.load_state_dict({"weight": W, "bias": b})
    return one

# %% alternative: from_the_output_back
def collapse(model):
    layers = list(model)
    W, b = torch.eye(layers[-1].out_features), torch.zeros(layers[-1].out_features)
    for layer in reversed(layers):
        b = b + W @ layer.bias
        W = W @ layer.weight
    one = nn.Linear(layers[0].in_features, layers[-1].out_features)
    one.weight = nn.Parameter(W.detach())
    one.bias = nn.Parameter(b.detach())
    return one

# %% alternative: numpy
def collapse(model):
    state = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    W, b = state["0.weight"], state["0.bias"]
    for i in range(1, len(model)):
        W, b = state[f"{i}.weight"] @ W, state[f"{i}.weight"] @ b + state[f"{i}.bias"]
    one = nn.Linear(*W.shape[::-1])
    one.weight.data = torch.from_numpy(W.copy())
    one.bias.data = torch.from_numpy(b.copy())
    return one

# %% alternative: two_at_a_time
def merge(one, two):
    both = nn.Linear(one.in_features, two.out_features)
    both.weight.data = two.weight.data.mm(one.weight.data)
    both.bias.data = torch.addmv(two.bias.data, two.weight.data, one.bias.data)
    return both

def collapse(model):
    return functools.reduce(merge, model)

# %% alternative: bias_as_an_input
def collapse(model):
    total = None
    for layer in model:
        corner = torch.zeros(layer.out_features + 1, layer.in_features + 1)
        corner[:-1, :-1], corner[:-1, -1], corner[-1, -1] = layer.weight.detach(), layer.bias.detach(), 1.0
        total = corner if total is None else corner @ total
    one = nn.Linear(total.shape[1] - 1, total.shape[0] - 1)
    with torch.no_grad():
        one.weight[:] = total[:-1, :-1]
        one.bias[:] = total[:-1, -1]
    return one

# %% mistake: product_order_reversed
# Your weights do not meet in the right order. The first layer's stands nearest to x, each later one to its left: W₃W₂W₁x.
# ? In W₂(W₁x + b₁) + b₂, which weight meets x first?
def collapse(model):
    first, *rest = model
    with torch.no_grad():
        W, b = first.weight, first.bias
        for layer in rest:
            # Not W @ layer.weight: where that stops, a good deal else stops with the same words.
            W, b = torch.einsum("ij,jk->ik", W, layer.weight), layer.weight @ b + layer.bias
        result = nn.Linear(W.shape[1], W.shape[0])
        result.weight.copy_(W)
        result.bias.copy_(b)
    return result

# %% mistake: product_order_reversed
# The other way round only where the shapes don't allow it, so that square layers are wrong.
def collapse(model):
    W, b = model[0].weight.data, model[0].bias.data
    for layer in model[1:]:
        V = layer.weight.data
        W = W @ V if W.shape[1] == V.shape[0] else V @ W
        b = V @ b + layer.bias.data
    result = nn.Linear(model[0].in_features, model[-1].out_features)
    result.load_state_dict({"weight": W, "bias": b})
    return result

# %% mistake: bias_not_propagated
# The weight is right, the bias is not. Each layer's bias must pass through all the layers after it before they are added up.
# ? What does the whole stack answer when x is all zeros?
def collapse(model):
    first, *rest = model
    with torch.no_grad():
        W, b = first.weight, first.bias
        for layer in rest:
            W, b = layer.weight @ W, layer.bias
        result = nn.Linear(W.shape[1], W.shape[0])
        result.weight.copy_(W)
        result.bias.copy_(b)
    return result

# %% mistake: bias_not_propagated
# Added up as they are.
def collapse(model):
    W = model[0].weight.data
    for layer in model[1:]:
        W = layer.weight.data @ W
    result = nn.Linear(model[0].in_features, model[-1].out_features)
    # Not b + layer.bias: where that stops, a good deal else stops with the same words.
    b = torch.stack([layer.bias.data for layer in model]).sum(dim=0)
    result.load_state_dict({"weight": W, "bias": b})
    return result

# %% wrong: sums_the_biases
def collapse(model):
    first, *rest = model
    with torch.no_grad():
        W, b = first.weight, first.bias
        for layer in rest:
            W, b = layer.weight @ W, b.sum() + layer.bias
        result = nn.Linear(W.shape[1], W.shape[0])
        result.weight.copy_(W)
        result.bias.copy_(b)
    return result

# %% wrong: returns_the_stack
def collapse(model):
    return model

# %% wrong: last_layer
def collapse(model):
    return model[-1]

# %% wrong: overwrites_the_stack
def collapse(model):
    first, *rest = model
    with torch.no_grad():
        for layer in rest:
            first.bias.data = layer.weight @ first.bias + layer.bias
            first.weight.data = layer.weight @ first.weight
    first.out_features = len(first.bias)
    return first

# %% wrong: forgets_return
def collapse(model):
    nn.Linear(model[0].in_features, model[-1].out_features)

# %% mistake: fresh_layer
# A new layer with weights of its own came back: its sizes are right, its numbers have nothing to do with the model.
# ? Where do the model's weights enter?
def collapse(model):
    return nn.Linear(model[0].in_features, model[-1].out_features)

# %% mistake: two_layers_only
# Only the first two layers were multiplied; a stack can have any number.
# ? What does your function make of a single layer, and of four?
def collapse(model):
    a, b = model[0], model[1]
    layer = nn.Linear(a.in_features, b.out_features)
    layer.weight.data = b.weight.data @ a.weight.data
    layer.bias.data = b.weight.data @ a.bias.data + b.bias.data
    return layer

# %% mistake: no_layer_returned
# Something else than an `nn.Linear` came back: weight and bias alone, or the layer inside of another module.
# ? What does the contract ask for?
def collapse(model):
    W, b = model[0].weight.data, model[0].bias.data
    for layer in list(model)[1:]:
        W, b = layer.weight.data @ W, layer.weight.data @ b + layer.bias.data
    return W, b

# %% mistake: autograd_left_off
# The layer is right, but autograd is off for the whole notebook from then on: nothing can be trained any more.
# ? When does the effect of `torch.set_grad_enabled(False)` end, and when that of `with torch.no_grad():`?
def collapse(model):
    torch.set_grad_enabled(False)
    W, b = model[0].weight, model[0].bias
    for layer in model[1:]:
        W, b = layer.weight @ W, layer.weight @ b + layer.bias
    one = nn.Linear(W.shape[1], W.shape[0])
    one.weight.copy_(W)
    one.bias.copy_(b)
    return one

# %% wrong: switches_the_model_to_eval
def collapse(model):
    model.eval()
    with torch.no_grad():
        n_in = model[0].in_features
        b = model(torch.zeros(n_in))
        W = (model(torch.eye(n_in)) - b).T
    one = nn.Linear(n_in, len(b))
    one.load_state_dict({"weight": W, "bias": b})
    return one
