import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for i, (n_in, n_out) in enumerate(zip(sizes, sizes[1:])):
        if i > 0:
            layers.append(act())
        layers.append(nn.Linear(n_in, n_out))
    return nn.Sequential(*layers)

# %% alternative: drop_the_last
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(n_in, n_out), act()]
    return nn.Sequential(*layers[:-1])

# %% alternative: own_class
class MLP(nn.Module):
    def __init__(self, sizes, act):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.acts = nn.ModuleList([act() for _ in sizes[2:]])

    def forward(self, x):
        for layer, act in zip(self.layers, self.acts):
            x = act(layer(x))
        return self.layers[-1](x)

def build_mlp(sizes, act=nn.ReLU):
    return MLP(sizes, act)

# %% alternative: recursive
def build_mlp(sizes, act=nn.ReLU):
    first = nn.Linear(sizes[0], sizes[1])
    return first if len(sizes) == 2 else nn.Sequential(first, act(), build_mlp(sizes[1:], act))

# %% alternative: last_layer_first
class Backwards(nn.Module):
    def __init__(self, sizes, act):
        super().__init__()
        self.head = nn.Linear(sizes[-2], sizes[-1])
        self.body = build_mlp(sizes[:-1], act) if len(sizes) > 2 else None
        self.act = act() if len(sizes) > 2 else None

    def forward(self, x):
        return self.head(x if self.body is None else self.act(self.body(x)))

def build_mlp(sizes, act=nn.ReLU):
    return Backwards(sizes, act)

# %% alternative: own_parameters
class ByHand(nn.Module):
    def __init__(self, sizes, act):
        super().__init__()
        self.W = nn.ParameterList([torch.randn(a, b) for a, b in zip(sizes, sizes[1:])])
        self.b = nn.ParameterList([torch.zeros(b) for b in sizes[1:]])
        self.act = nn.ModuleList([act() for _ in sizes[1:-1]])

    def forward(self, x):
        for i, (W, b) in enumerate(zip(self.W, self.b)):
            x = x @ W + b
            if i < len(self.act):
                x = self.act[i](x)
        return x

def build_mlp(sizes, act=nn.ReLU):
    return ByHand(sizes, act)

# %% alternative: lazy
def build_mlp(sizes, act=nn.ReLU):
    net = nn.Sequential()
    for i, n_out in enumerate(sizes[1:], start=1):
        net.add_module(f"linear{i}", nn.LazyLinear(n_out))
        if i < len(sizes) - 1:
            net.add_module(f"act{i}", act())
    return net

# %% alternative: uses_up_the_sizes
def build_mlp(sizes, act=nn.ReLU):
    model = nn.Sequential()
    n_in = sizes.pop(0)
    while sizes:
        n_out = sizes.pop(0)
        model.append(nn.Linear(n_in, n_out))
        if sizes:
            model.append(act())
        n_in = n_out
    return model

# %% mistake: act_after_output
# There is an activation after the last layer too. It bends or cuts off the answers of the network: after a ReLU none is negative.
# ? How many activations belong between three linear layers?
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(n_in, n_out), act()]
    return nn.Sequential(*layers)

# %% mistake: no_activation
# Your network has no activation between its layers, so however many there are, it can do no more than a single one.
# ? What can two linear layers in a row compute that one could not?
def build_mlp(sizes, act=nn.ReLU):
    return nn.Sequential(*[nn.Linear(n_in, n_out) for n_in, n_out in zip(sizes, sizes[1:])])

# %% mistake: plain_python_list
# PyTorch does not see all parameters of your model, so some would never be trained. An ordinary Python list hides the layers in it.
# ? Which container of `torch.nn` registers the layers that it holds?
class PlainList(nn.Module):
    def __init__(self, sizes, act):
        super().__init__()
        self.layers = []
        for i, (n_in, n_out) in enumerate(zip(sizes, sizes[1:])):
            if i > 0:
                self.layers.append(act())
            self.layers.append(nn.Linear(n_in, n_out))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

def build_mlp(sizes, act=nn.ReLU):
    return PlainList(sizes, act)

# %% mistake: plain_python_list
# The activations alone, which shows where they have parameters.
class PlainActs(nn.Module):
    def __init__(self, sizes, act):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.acts = [act() for _ in sizes[2:]]

    def forward(self, x):
        for layer, act in zip(self.layers, self.acts):
            x = act(layer(x))
        return self.layers[-1](x)

def build_mlp(sizes, act=nn.ReLU):
    return PlainActs(sizes, act)

# %% mistake: shared_activation
# One activation serves at every place. If it has a parameter, as PReLU has, all places share it: that is another network.
# ? How often is `act()` called when you build a network of four layers?
def build_mlp(sizes, act=nn.ReLU):
    one = act()
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(n_in, n_out), one]
    return nn.Sequential(*layers[:-1])

# %% mistake: ignores_act
# Your network has ReLU in it even where another activation is asked for.
# ? Where in your code is `act` used?
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(n_in, n_out), nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% mistake: activation_made_in_forward
# You make the activation anew in each forward pass. What it learns (PReLU has a slope) is thrown away every time, and the optimiser never sees it. Make it in `__init__`.
# ? How many parameters does nn.PReLU() have, and which of them are in model.parameters()?
class Net(nn.Module):
    def __init__(self, sizes, act):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.act = act

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.act()(layer(x))
        return self.layers[-1](x)

def build_mlp(sizes, act=nn.ReLU):
    return Net(sizes, act)

# %% mistake: softmax_at_the_end
# Your network ends with a softmax. Nothing was asked for after the last linear layer.
# ? What may the outputs of the last layer be: any numbers, or shares of 1?
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(n_in, n_out), act()]
    return nn.Sequential(*layers[:-1], nn.Softmax(dim=1))

# %% mistake: dropout_added
# Your network has Dropout, which nobody asked for: it makes the outputs random while the network is in train mode.
# ? Which modules does the text ask for?
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(n_in, n_out), act(), nn.Dropout(0.5)]
    return nn.Sequential(*layers[:-2])

# %% mistake: batch_norm_added
# Your network has BatchNorm layers, which nobody asked for; they have parameters of their own.
# ? Which modules does the text ask for?
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(n_in, n_out), nn.BatchNorm1d(n_out), act()]
    return nn.Sequential(*layers[:-2])

# %% wrong: returns_a_list
def build_mlp(sizes, act=nn.ReLU):
    return [nn.Linear(n_in, n_out) for n_in, n_out in zip(sizes, sizes[1:])]

# %% wrong: forgets_return
def build_mlp(sizes, act=nn.ReLU):
    nn.Sequential(*[nn.Linear(n_in, n_out) for n_in, n_out in zip(sizes, sizes[1:])])

# %% wrong: one_layer
def build_mlp(sizes, act=nn.ReLU):
    return nn.Sequential(nn.Linear(sizes[0], sizes[-1]))

# %% wrong: no_bias
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(n_in, n_out, bias=False), act()]
    return nn.Sequential(*layers[:-1])

# %% mistake: no_biases
# The linear layers have no bias; each has one.
# ? How many parameters has `build_mlp([8, 4, 2])`?
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [nn.Linear(a, b, bias=False), act()]
    return nn.Sequential(*layers[:-1])

# %% mistake: activation_after_the_first_only
# An activation stands after the first layer only; there is one between any two layers.
# ? How many activations has a network with four sizes?
def build_mlp(sizes, act=nn.ReLU):
    layers = [nn.Linear(sizes[0], sizes[1])] + [act()] * (len(sizes) > 2)
    for a, b in zip(sizes[1:], sizes[2:]):
        layers.append(nn.Linear(a, b))
    return nn.Sequential(*layers)

# %% mistake: activation_first
# An activation stands before the first layer, and changes the inputs.
# ? What comes first in linear 8→4, ReLU, linear 4→2?
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [act(), nn.Linear(a, b)]
    return nn.Sequential(*layers)

# %% mistake: last_layer_missing
# The last linear layer is missing.
# ? How many linear layers lie between four sizes?
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for a, b in zip(sizes[:-2], sizes[1:]):
        layers += [nn.Linear(a, b), act()]
    return nn.Sequential(*layers)

# %% mistake: middle_sizes_left_out
# Sizes in the middle play no part: every one of them makes a layer.
# ? Which sizes does your network have for [6, 4, 5, 2]?
def build_mlp(sizes, act=nn.ReLU):
    if len(sizes) == 2:
        return nn.Linear(*sizes)
    return nn.Sequential(nn.Linear(sizes[0], sizes[1]), act(), nn.Linear(sizes[1], sizes[-1]))

# %% mistake: class_for_module
# The class itself was put between the layers; `act()` makes a module of it.
# ? What do the two brackets after a class do?
def build_mlp(sizes, act=nn.ReLU):
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [nn.Linear(a, b), act]
    return nn.Sequential(*layers[:-1])
