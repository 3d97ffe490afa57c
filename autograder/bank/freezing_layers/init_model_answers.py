import math

import numpy as np
import torch
from torch import nn

# %% reference
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            if scheme == "kaiming":
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            elif scheme == "xavier":
                nn.init.xavier_normal_(layer.weight)
            else:
                raise ValueError(f"unknown scheme {scheme!r}")
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
    return model

# %% alternative: uniform_forms
FILL = {"kaiming": lambda w: nn.init.kaiming_uniform_(w, nonlinearity="relu"), "xavier": nn.init.xavier_uniform_}

def init_model(model, scheme):
    def start(module):
        if type(module) is nn.Linear:
            FILL[scheme](module.weight)
            if module.bias is not None:
                module.bias.data.fill_(0.0)
    model.apply(start)

# %% alternative: by_formula
@torch.no_grad()
def init_model(model, scheme):
    for layer in filter(lambda m: isinstance(m, nn.Linear), model.modules()):
        n_out, n_in = layer.weight.shape
        std = math.sqrt(2 / n_in) if scheme == "kaiming" else math.sqrt(2 / (n_in + n_out))
        layer.weight.normal_(0, std)
        if layer.bias is not None:
            layer.bias.zero_()

# %% alternative: numpy
def init_model(model, scheme):
    rng = np.random.default_rng(0)
    for _, m in model.named_modules():
        if isinstance(m, nn.Linear):
            fans = m.in_features if scheme == "kaiming" else m.in_features + m.out_features
            values = rng.standard_normal((m.out_features, m.in_features)) * np.sqrt(2 / fans)
            m.weight = nn.Parameter(torch.tensor(values, dtype=torch.float32))
            if m.bias is not None:
                m.bias = nn.Parameter(torch.zeros(m.out_features))
    return model

# %% mistake: uniform_0_1
# Your weights are all positive, from 0 to 1. Layer after layer the signal only grows: to about 10¹⁷ after ten layers.
# ? Around which number should the weights lie, so that contributions can cancel?
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            nn.init.uniform_(layer.weight)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

# %% mistake: tiny_normal
# Your weights are far too small, and equally so in every layer: with 0.01, say, the signal is about 10⁻¹¹ after ten layers.
# ? How should the spread depend on the number of inputs?
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, std=0.01)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

# %% mistake: zeros
# All your weights start with no spread at all, so the units of a layer start as copies of one another, and stay so.
# ? What could make two units with equal weights ever become different?
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            nn.init.zeros_(layer.weight)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

# %% mistake: biases_too
# Your weights have the right spread, but the biases hold random numbers too; they should start at 0.
# ? What does your code do with `layer.bias`?
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            fans = layer.in_features if scheme == "kaiming" else layer.in_features + layer.out_features
            for tensor in layer.parameters():
                nn.init.normal_(tensor, std=math.sqrt(2 / fans))

# %% mistake: fan_mode_wrong
# Your Kaiming weights have a spread in which the number of outputs plays a part; the inputs alone count here.
# ? How many terms does each output add up: as many as there are inputs, or outputs?
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            if scheme == "kaiming":
                nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
            else:
                nn.init.xavier_normal_(layer.weight)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

# %% mistake: fan_mode_wrong
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, std=math.sqrt(2 / (layer.in_features + layer.out_features)))
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

# %% mistake: wide_normal
# Your weights are far too large, and equally so in every layer: with a standard deviation of 1, say, the signal is about
# 10⁹ after ten layers.
# ? How should the spread depend on the number of inputs?
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

# %% mistake: no_root
# Your spread is the number under the root: 2/50 = 0.04, say, where √(2/50) = 0.2 is wanted. So the signal dies out.
# ? Which does your function take: the standard deviation, or its square, the variance?
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            fans = layer.in_features if scheme == "kaiming" else layer.in_features + layer.out_features
            nn.init.normal_(layer.weight, std=2 / fans)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

# %% mistake: spread_as_bound
# Your numbers lie evenly from −s to s, where s is the wanted standard deviation; their own is then only about 0.58·s.
# ? How large is the standard deviation of numbers that lie evenly from −1 to 1?
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            fans = layer.in_features if scheme == "kaiming" else layer.in_features + layer.out_features
            bound = math.sqrt(2 / fans)
            nn.init.uniform_(layer.weight, -bound, bound)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

# %% mistake: xavier_by_inputs
# Your Xavier weights have a spread by the number of inputs alone; this start looks at both directions.
# ? Which two numbers are added in the table?
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            nn.init.kaiming_normal_(layer.weight)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

# %% mistake: xavier_by_inputs
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, std=math.sqrt((2 if scheme == "kaiming" else 1) / layer.in_features))
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

# %% mistake: norms_too
# You started the normalisation layers anew as well. Only the linear layers are asked for: the others keep their numbers.
# ? Which modules does your condition let through besides nn.Linear?
def init_model(model, scheme):
    for module in model.modules():
        if isinstance(module, nn.Linear):
            (nn.init.xavier_normal_ if scheme == "xavier" else nn.init.kaiming_normal_)(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, (nn.LayerNorm, nn.BatchNorm1d)):
            nn.init.ones_(module.weight)
            nn.init.zeros_(module.bias)

# %% mistake: constant_biases
# You start the biases at a small constant. They are to start at exactly 0.
# ? Which number does the text ask for?
def init_model(model, scheme):
    for module in model.modules():
        if isinstance(module, nn.Linear):
            (nn.init.xavier_normal_ if scheme == "xavier" else nn.init.kaiming_normal_)(module.weight)
            if module.bias is not None:
                nn.init.constant_(module.bias, 0.01)

# %% wrong: nothing
def init_model(model, scheme):
    return model

# %% wrong: biases_untouched
def init_model(model, scheme):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            {"kaiming": nn.init.kaiming_normal_, "xavier": nn.init.xavier_normal_}[scheme](layer.weight)

# %% mistake: top_level_only
# Only the layers at the top level were started. A layer inside a block is one of the model's layers too.
# ? Which method gives the layers inside layers as well: children() or modules()?
def init_model(model, scheme):
    for layer in model.children():
        if isinstance(layer, nn.Linear):
            if scheme == "kaiming":
                nn.init.kaiming_normal_(layer.weight)
            else:
                nn.init.xavier_normal_(layer.weight)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

# %% wrong: every_vector_zero
def init_model(model, scheme):
    for p in model.parameters():
        if p.dim() > 1:
            nn.init.kaiming_normal_(p) if scheme == "kaiming" else nn.init.xavier_normal_(p)
        else:
            nn.init.zeros_(p)

# %% mistake: frozen_start
# The new weights are frozen: you made new parameters with `requires_grad=False`. They could not learn any more.
# ? What does `layer.weight.requires_grad` say after your function?
def init_model(model, scheme):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            std = (2 / m.in_features if scheme == "kaiming" else 2 / (m.in_features + m.out_features)) ** 0.5
            m.weight = nn.Parameter(torch.randn_like(m.weight) * std, requires_grad=False)
            if m.bias is not None:
                m.bias = nn.Parameter(torch.zeros_like(m.bias), requires_grad=False)

# %% mistake: frozen_start
def init_model(model, scheme):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            std = (2 / m.in_features if scheme == "kaiming" else 2 / (m.in_features + m.out_features)) ** 0.5
            m.weight = nn.Parameter(torch.randn_like(m.weight) * std, requires_grad=False)
            if m.bias is not None:
                nn.init.zeros_(m.bias)

# %% mistake: bias_taken_away
# The layers have no bias any more. Their biases should be there and hold zeros, so that they can still learn.
# ? What is the difference between a bias of 0 and no bias?
def init_model(model, scheme):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            (nn.init.kaiming_normal_ if scheme == "kaiming" else nn.init.xavier_normal_)(m.weight)
            m.bias = None

# %% mistake: new_tensors_only
# New numbers were drawn, but they never reached the model: its weights are those it had before.
# ? Which line writes into `layer.weight`?
def init_model(model, scheme):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            w = torch.randn_like(m.weight) * (2 / m.in_features) ** 0.5
            b = torch.zeros(m.out_features)

# %% mistake: last_layer_left_out
# The last linear layer still has its old start; every linear layer was asked for.
# ? Over which layers does your loop go?
def init_model(model, scheme):
    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for m in layers[:-1]:
        (nn.init.kaiming_normal_ if scheme == "kaiming" else nn.init.xavier_normal_)(m.weight)
        if m.bias is not None:
            nn.init.zeros_(m.bias)

# %% mistake: positive_only
# The weights are all on one side of 0; their mean should be 0.
# ? What do `abs` and `uniform_(0, b)` make of a spread around 0?
def init_model(model, scheme):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            std = (2 / m.in_features if scheme == "kaiming" else 2 / (m.in_features + m.out_features)) ** 0.5
            m.weight.data = torch.randn_like(m.weight).abs() * std
            if m.bias is not None:
                nn.init.zeros_(m.bias)

# %% mistake: fan_mode_wrong
def init_model(model, scheme):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            (nn.init.xavier_normal_ if scheme == "kaiming" else nn.init.kaiming_normal_)(m.weight)
            if m.bias is not None:
                nn.init.zeros_(m.bias)

# %% mistake: pytorchs_default
# That is the spread of PyTorch's default start, not that of the scheme: `kaiming_uniform_` with a = √5 is what `nn.Linear` uses by itself.
# ? Which `a` and which `nonlinearity` belong to a ReLU?
def init_model(model, scheme):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            if scheme == "kaiming":
                nn.init.kaiming_uniform_(m.weight, a=5 ** 0.5)
            else:
                nn.init.xavier_normal_(m.weight)
            if m.bias is not None:
                nn.init.zeros_(m.bias)

# %% mistake: pytorchs_default
def init_model(model, scheme):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            m.reset_parameters()
            if m.bias is not None:
                nn.init.zeros_(m.bias)

# %% mistake: same_draw_again
# Layers of one size start with the same numbers: the generator is set back to its seed before each of them.
# ? How often does your code set a seed, and what does the generator give after that?
def init_model(model, scheme):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            torch.manual_seed(0)
            (nn.init.kaiming_normal_ if scheme == "kaiming" else nn.init.xavier_normal_)(m.weight)
            if m.bias is not None:
                nn.init.zeros_(m.bias)

# %% mistake: autograd_off
# You switched autograd off and left it off: every later cell works without gradients.
# ? Which form of `no_grad` ends by itself?
def init_model(model, scheme):
    torch.set_grad_enabled(False)
    for m in model.modules():
        if isinstance(m, nn.Linear):
            std = (2 / m.in_features if scheme == "kaiming" else 2 / (m.in_features + m.out_features)) ** 0.5
            m.weight.copy_(std * torch.randn(m.weight.shape))
            if m.bias is not None:
                m.bias.zero_()
