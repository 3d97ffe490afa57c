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

# %% mistake: transposed
def forward_by_hand(W1, b1, W2, b2, x):
    rows = []
    for point in x:
        h = [torch.relu(sum(point[i] * W1[i][j] for i in range(2)) + b1[j]) for j in range(3)]
        rows.append(torch.sigmoid(sum(h[j] * W2[j][0] for j in range(3)) + b2))
    return torch.stack(rows)

# %% mistake: reshaped
# W1 was brought to shape (2, 3) by `reshape` or `view`: the shapes fit, but the weights no longer stand beside their own unit and input.
# ? Write down a W1 with the numbers 1 to 6: what does `reshape(2, 3)` make of it, and what does `.T`?
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.relu(x @ W1.reshape(2, 3) + b1)
    return torch.sigmoid(h @ W2.reshape(3, 1) + b2)

# %% mistake: row_shape
# The answer is one row of shape (1, N), a column for each point; a row for each point, shape (N, 1), was wanted.
# ? Which dimension counts the points in x, and which one in your answer?
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.relu(W1 @ x.T + b1[:, None])
    return torch.sigmoid(W2 @ h + b2)

# %% mistake: bias_missing
# The answer is that of a network in which a bias is missing: b1, b2, or both.
# ? Where do b1 and b2 enter your computation?
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.relu(x @ W1.T)
    return torch.sigmoid(h @ W2.T)

# %% mistake: bias_missing
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.relu(x @ W1.T)
    return torch.sigmoid(h @ W2.T + b2)

# %% mistake: bias_missing
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.relu(x @ W1.T + b1)
    return torch.sigmoid(h @ W2.T)

# %% mistake: bias_after_relu
# The bias of the hidden layer was added after the ReLU; so a unit's bias could not switch it on or off.
# ? What does the ReLU of a unit judge: W · x, or W · x + b?
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.relu(x @ W1.T) + b1
    return torch.sigmoid(h @ W2.T + b2)

# %% mistake: bias_after_relu
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.relu(x @ W1.T) + b1
    return torch.sigmoid(h @ W2.T) + b2

# %% mistake: no_relu
# The answer is that of a network without ReLU: two linear layers in a row are only one linear layer.
# ? What happens to a hidden unit whose value is negative?
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.sigmoid((x @ W1.T + b1) @ W2.T + b2)

# %% mistake: no_output_sigmoid
# The answers are scores of any size: the sigmoid at the end is missing.
# ? Can your answer be −2 or 3? What should a probability be?
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.relu(x @ W1.T + b1) @ W2.T + b2

# %% mistake: activation_order
# The two activations have changed places: sigmoid in the hidden layer, ReLU at the end.
# ? Which of the two must come last, so that the answer is a probability?
def forward_by_hand(W1, b1, W2, b2, x):
    h = torch.sigmoid(x @ W1.T + b1)
    return torch.relu(h @ W2.T + b2)

# %% wrong: activation_before_layer
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.sigmoid(x @ W1.T + b1).relu() @ W2.T + b2

# %% wrong: left_on_the_cpu
def forward_by_hand(W1, b1, W2, b2, x):
    w1, c1, w2, c2, points = (t.cpu() for t in (W1, b1, W2, b2, x))
    return torch.sigmoid(torch.relu(points @ w1.T + c1) @ w2.T + c2)

# %% mistake: relu_at_the_output
# The ReLU stands after the second layer; it belongs after the first, between the two.
# ? In which order do the two layers and the two activations come?
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.sigmoid(torch.relu((x @ W1.T + b1) @ W2.T + b2))

# %% wrong: constant
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.full((len(x), 1), 0.5)

# %% mistake: hidden_sigmoid
# The hidden layer has a sigmoid; it should have a ReLU. The sigmoid stands at the output only.
# ? Which activation comes after the first layer?
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.sigmoid(torch.sigmoid(x @ W1.T + b1) @ W2.T + b2)

# %% mistake: sign_turned
# The answers are those of class 0: in 1 / (1 + e^z) the sign of z is turned.
# ? Does a large score give a probability near 1 or near 0?
def forward_by_hand(W1, b1, W2, b2, x):
    z = torch.relu(x @ W1.T + b1) @ W2.T + b2
    return 1 / (1 + torch.exp(z))

# %% mistake: absolute_value
# Negative hidden values became positive ones; a ReLU makes 0 of them.
# ? What is relu(−2)?
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.sigmoid(torch.abs(x @ W1.T + b1) @ W2.T + b2)

# %% mistake: relu_on_the_input
# The ReLU was applied to x; it belongs after the first layer only.
# ? What happens to a negative input, and what to a hidden unit whose value is negative?
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.sigmoid((torch.relu(x) @ W1.T + b1) @ W2.T + b2)

# %% mistake: relu_on_the_input
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.sigmoid(torch.relu(torch.relu(x) @ W1.T + b1) @ W2.T + b2)

# %% mistake: bias_after_the_sigmoid
# The last bias was added after the sigmoid, so an answer can leave the range from 0 to 1.
# ? What does the sigmoid judge: W2 · h, or W2 · h + b2?
def forward_by_hand(W1, b1, W2, b2, x):
    return torch.sigmoid(torch.relu(x @ W1.T + b1) @ W2.T) + b2
