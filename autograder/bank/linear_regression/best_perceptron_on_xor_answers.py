import numpy as np
import torch
from torch import nn

# %% reference
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    s = x.sum(dim=1)
    either, not_both = (s - 0.5 > 0).float(), (1.5 - s > 0).float()
    return (either + not_both - 1.5 > 0).float()

# %% alternative: two_matrices
def best_perceptron_on_xor():
    return 3 / 4


def xor_net(x):
    W1, b1 = torch.tensor([[1.0, 1.0], [-1.0, -1.0]]), torch.tensor([-0.5, 1.5])
    h = (x @ W1.T + b1 > 0).float()
    return (h @ torch.tensor([1.0, 1.0]) - 1.5 > 0).long()

# %% alternative: a_plain_number
best_perceptron_on_xor = 0.75


def xor_net(x):
    first = (x[:, 0] - x[:, 1] - 0.5 > 0).int()
    second = (x[:, 1] - x[:, 0] - 0.5 > 0).int()
    return (first + second - 0.5 > 0).int()

# %% alternative: row_by_row_numpy
def best_perceptron_on_xor():
    return torch.tensor(0.75)


def xor_net(x):
    def unit(w, b, z):
        return 1 if np.dot(w, z) + b > 0 else 0
    found = []
    for row in x.numpy():
        h = [unit([2, 2], -1, row), unit([-2, -2], 3, row)]
        found.append(unit([1, 1], -1.5, h))
    return np.array(found)

# %% alternative: module
def best_perceptron_on_xor():
    best = 0
    corners = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]
    for w1 in (-1, 0, 1):
        for w2 in (-1, 0, 1):
            for b in (-1.5, -0.5, 0.5, 1.5):
                best = max(best, sum((w1 * p + w2 * q + b > 0) == t for p, q, t in corners))
    return best / 4


def xor_net(x):
    net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
    with torch.no_grad():
        net[0].weight.copy_(torch.tensor([[1.0, 1.0], [1.0, 1.0]]))
        net[0].bias.copy_(torch.tensor([-0.5, -1.5]))
        net[1].weight.copy_(torch.tensor([[1.0, -1.0]]))
        net[1].bias.fill_(-0.5)
        return (net[1]((net[0](x) > 0).float()) > 0).squeeze(1)

# %% mistake: claims_1
# A line can't separate the corners of XOR: at least one of the four stays on the wrong side.
# ? Where would you draw a line with (0, 1) and (1, 0) on one side and the other two corners on the other?
def best_perceptron_on_xor():
    return 1.0


def xor_net(x):
    s = x.sum(dim=1)
    return ((s > 0.5) & (s < 1.5)).float()

# %% mistake: claims_half
# One perceptron can do better than guessing: OR is wrong at one of the four corners only.
# ? At how many corners do OR and XOR give the same answer?
def best_perceptron_on_xor():
    return 0.5


def xor_net(x):
    s = x.sum(dim=1)
    return ((s > 0.5) & (s < 1.5)).float()

# %% mistake: count_not_share
# You give the number of corners, or a percentage. An accuracy is a share between 0 and 1.
# ? How large is the accuracy if all four corners are right?
def best_perceptron_on_xor():
    return 3


def xor_net(x):
    s = x.sum(dim=1)
    return ((s > 0.5) & (s < 1.5)).float()

# %% mistake: count_not_share
def best_perceptron_on_xor():
    return 75


def xor_net(x):
    s = x.sum(dim=1)
    return ((s > 0.5) & (s < 1.5)).float()

# %% mistake: single_layer
# Three of the four corners are right: as many as a single perceptron can get. XOR needs two layers.
# ? Which two units in a first layer would tell the output unit what it must know?
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    return (x.sum(dim=1) - 0.5 > 0).float()

# %% mistake: single_layer
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    return (1.5 - x.sum(dim=1) > 0).float()

# %% mistake: exact_equality
# The corners are right, but not inputs close to them: your function asks whether two numbers are exactly equal.
# ? Is 0.98 equal to 1.03, and should your answer depend on that?
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    return (x[:, 0] != x[:, 1]).float()

# %% mistake: exact_equality
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    return (x[:, 0] + x[:, 1] == 1).float()

# %% mistake: exact_equality
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    return x[:, 0].long() ^ x[:, 1].long()

# %% mistake: column_output
# The answers are right, but they have shape (N, 1). One number for each row has shape (N,).
# ? What does `squeeze(1)` do?
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    s = x.sum(dim=1, keepdim=True)
    return ((s > 0.5) & (s < 1.5)).float()

# %% mistake: upside_down
# Your answers are those of XNOR: 1 where both inputs are the same.
# ? What is XOR of 1 and 1?
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    s = x.sum(dim=1)
    return 1 - ((s > 0.5) & (s < 1.5)).float()

# %% wrong: joined_by_or
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    s = x.sum(dim=1)
    either, not_both = (s - 0.5 > 0).float(), (1.5 - s > 0).float()
    return (either + not_both - 0.5 > 0).float()

# %% wrong: no_step_between
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    s = x.sum(dim=1)
    return ((s - 0.5) + (1.5 - s) - 1.5 > 0).float()

# %% wrong: visible_values
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    return torch.tensor([0.0, 1.0, 1.0, 0.0])

# %% wrong: zero_and_the_argument
def best_perceptron_on_xor():
    return 0.0


def xor_net(x):
    return x

# %% wrong: autograd_off_for_good
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    torch.set_grad_enabled(False)
    s = x.sum(dim=1)
    return ((s > 0.5) & (s < 1.5)).float()

# %% mistake: another_gate
# That is AND, not XOR: it says yes where both inputs are 1.
# ? What should come out for (1, 1), and what for (0, 1)?
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    return (x.sum(dim=1) - 1.5 > 0).float()

# %% mistake: one_sample_only
# Your network takes one sample of shape (2,). A batch of shape (N, 2) comes in: `x[0]` is its first row, `x[:, 0]` its first column.
# ? What is the shape of x, and which part of it holds the first input of every sample?
def best_perceptron_on_xor():
    return 0.75


def xor_net(x):
    return 1 if (x[0] > 0.5) != (x[1] > 0.5) else 0
