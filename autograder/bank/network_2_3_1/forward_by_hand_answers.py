import math
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.relu(x @ W1.T + b1)
    return torch.sigmoid(h @ W2.T + b2)

# %% alternative: functional_linear
def forward_by_hand(W1, b1, W2, b2, x):
    return F.linear(F.relu(F.linear(x, W1, b1)), W2, b2).sigmoid()

# %% alternative: einsum_and_clamp
def forward_by_hand(W1, b1, W2, b2, x):
    hidden = torch.clamp(torch.einsum("ni,hi->nh", x, W1) + b1, min=0.0)
    score = torch.einsum("nh,oh->no", hidden, W2) + b2
    return 1 / (1 + torch.exp(-score))

# %% alternative: unit_by_unit
def forward_by_hand(W1, b1, W2, b2, x):
    score = b2.expand(len(x), 1)
    for unit in range(len(b1)):
        value = x[:, 0] * W1[unit, 0] + x[:, 1] * W1[unit, 1] + b1[unit]
        value = torch.where(value > 0, value, torch.zeros_like(value))
        score = score + (value * W2[0, unit]).unsqueeze(1)
    return torch.special.expit(score)

# %% alternative: addmm
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.addmm(b2, torch.addmm(b1, x, W1.t()).relu_(), W2.t()).sigmoid_()

# %% alternative: through_numpy
def forward_by_hand(W1, b1, W2, b2, x):
    w1, c1, w2, c2, points = (t.detach().cpu().numpy() for t in (W1, b1, W2, b2, x))
    hidden = np.maximum(points @ w1.T + c1, 0)
    return torch.from_numpy(1 / (1 + np.exp(-(hidden @ w2.T + c2)))).to(x.device)

# %% mistake: transposed
# The shapes don't fit: `nn.Linear` keeps its weight as (outputs, inputs), so x of shape (N, 2) can't be multiplied by W1 of shape (3, 2) as it is.
# ? Which form of W1 has shape (2, 3), with every weight still beside its own unit?
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.relu(x @ W1 + b1)
    return torch.sigmoid(h @ W2 + b2)

# %% mistake: bias_missing
# The answer is that of a network without biases.
# ? Where do b1 and b2 enter your computation?
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.relu(x @ W1.T)
    return torch.sigmoid(h @ W2.T)

# %% mistake: activation_order
# The two activations have changed places: sigmoid in the hidden layer, ReLU at the end.
# ? Which of the two must come last, so that the answer is a probability?
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.sigmoid(x @ W1.T + b1)
    return torch.relu(h @ W2.T + b2)

# %% wrong: reshaped_not_transposed
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.relu(x @ W1.reshape(2, 3) + b1)
    return torch.sigmoid(h @ W2.reshape(3, 1) + b2)

# %% wrong: activation_before_layer
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.sigmoid(x @ W1.T + b1).relu() @ W2.T + b2

# %% wrong: left_on_the_cpu
def forward_by_hand(W1, b1, W2, b2, x):
    w1, c1, w2, c2, points = (t.cpu() for t in (W1, b1, W2, b2, x))
    return torch.sigmoid(torch.relu(points @ w1.T + c1) @ w2.T + c2)

# %% wrong: no_relu
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.sigmoid((x @ W1.T + b1) @ W2.T + b2)

# %% wrong: constant
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.full((len(x), 1), 0.5)
