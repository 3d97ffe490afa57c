import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def dead_units(model, X):
    with torch.no_grad():
        h = torch.relu(model[0](X))
    return [j for j in range(h.shape[1]) if not bool((h[:, j] > 0).any())]


def grads_from_zero_init(X, y):
    hidden, output = nn.Linear(2, 3), nn.Linear(3, 1)
    for p in [*hidden.parameters(), *output.parameters()]:
        nn.init.zeros_(p)
    probs = torch.sigmoid(output(torch.relu(hidden(X))))
    nn.BCELoss()(probs, y).backward()
    return {
        "hidden.weight": hidden.weight.grad.abs().max().item(),
        "hidden.bias": hidden.bias.grad.abs().max().item(),
        "output.weight": output.weight.grad.abs().max().item(),
        "output.bias": output.bias.grad.abs().max().item(),
    }

# %% alternative: slice_of_the_model
def dead_units(model, X):
    largest = model[:2](X).max(dim=0).values
    return (largest == 0).nonzero().flatten().tolist()


class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)
        for p in self.parameters():
            p.data.zero_()

    def forward(self, x):
        return self.output(F.relu(self.hidden(x)))


def grads_from_zero_init(X, y):
    net = Tiny()
    F.binary_cross_entropy_with_logits(net(X), y).backward()
    return {name: p.grad.abs().max() for name, p in net.named_parameters()}

# %% alternative: numpy_and_formula
def dead_units(model, X):
    W, b = model[0].weight.detach().numpy(), model[0].bias.detach().numpy()
    return np.flatnonzero(((X.numpy() @ W.T + b) <= 0).all(axis=0))


def grads_from_zero_init(X, y):
    return {"hidden.weight": 0, "hidden.bias": 0, "output.weight": 0, "output.bias": float(abs(0.5 - y.mean()))}

# %% alternative: set_and_autograd
def dead_units(model, X):
    z = torch.nn.functional.linear(X, model[0].weight, model[0].bias)
    return {j for j, column in enumerate(z.T) if all(value <= 0 for value in column)}


def grads_from_zero_init(X, y):
    params = [torch.zeros(s, requires_grad=True) for s in ((3, 2), (3,), (1, 3), (1,))]
    W1, b1, W2, b2 = params
    p = ((X @ W1.T + b1).clamp(min=0) @ W2.T + b2).sigmoid()
    loss = -(y * p.log() + (1 - y) * (1 - p).log()).mean()
    names = ("hidden.weight", "hidden.bias", "output.weight", "output.bias")
    return dict(zip(names, (np.float32(g.abs().max()) for g in torch.autograd.grad(loss, params))))

# %% mistake: negative_weight_is_dead
# Units were called dead because weights of theirs are negative. But a large bias, or negative inputs, can switch such a unit on, and a unit with positive weights can be off.
# ? What does the unit give for the rows of X: 0 for every one of them?
def dead_units(model, X):
    W = model[0].weight
    return [j for j in range(len(W)) if bool((W[j] < 0).all())]


def grads_from_zero_init(X, y):
    hidden, output = nn.Linear(2, 3), nn.Linear(3, 1)
    for p in [*hidden.parameters(), *output.parameters()]:
        nn.init.zeros_(p)
    nn.BCELoss()(torch.sigmoid(output(torch.relu(hidden(X)))), y).backward()
    return {
        "hidden.weight": hidden.weight.grad.abs().max().item(),
        "hidden.bias": hidden.bias.grad.abs().max().item(),
        "output.weight": output.weight.grad.abs().max().item(),
        "output.bias": output.bias.grad.abs().max().item(),
    }

# %% mistake: negative_weight_is_dead
def dead_units(model, X):
    return [j for j, w in enumerate(model[0].weight) if bool((w < 0).any())]


def grads_from_zero_init(X, y):
    return {"hidden.weight": 0.0, "hidden.bias": 0.0, "output.weight": 0.0, "output.bias": abs(0.5 - y.mean().item())}

# %% mistake: negative_weight_is_dead
def dead_units(model, X):
    return [j for j, w in enumerate(model[0].weight) if float(w.sum()) < 0]


def grads_from_zero_init(X, y):
    return {"hidden.weight": 0.0, "hidden.bias": 0.0, "output.weight": 0.0, "output.bias": abs(0.5 - y.mean().item())}

# %% mistake: ignores_bias
# The units were judged by the weights and X alone, without the bias.
# ? What is added to W · x before the ReLU?
def dead_units(model, X):
    with torch.no_grad():
        h = torch.relu(X @ model[0].weight.T)
    return [j for j in range(h.shape[1]) if not bool((h[:, j] > 0).any())]


def grads_from_zero_init(X, y):
    hidden, output = nn.Linear(2, 3), nn.Linear(3, 1)
    for p in [*hidden.parameters(), *output.parameters()]:
        nn.init.zeros_(p)
    nn.BCELoss()(torch.sigmoid(output(torch.relu(hidden(X)))), y).backward()
    return {
        "hidden.weight": hidden.weight.grad.abs().max().item(),
        "hidden.bias": hidden.bias.grad.abs().max().item(),
        "output.weight": output.weight.grad.abs().max().item(),
        "output.bias": output.bias.grad.abs().max().item(),
    }

# %% mistake: off_for_some_row
# Units were called dead that are 0 for some rows only. Such a unit still learns, from the rows that switch it on.
# ? For how many rows must a unit be 0, so that it never gets a gradient?
def dead_units(model, X):
    h = torch.relu(model[0](X))
    return [j for j in range(h.shape[1]) if bool((h[:, j] == 0).any())]


def grads_from_zero_init(X, y):
    return {"hidden.weight": 0.0, "hidden.bias": 0.0, "output.weight": 0.0, "output.bias": abs(0.5 - y.mean().item())}

# %% wrong: one_half_for_every_share
def dead_units(model, X):
    return [j for j in range(len(model[0].bias)) if bool((torch.relu(model[0](X))[:, j] == 0).all())]


def grads_from_zero_init(X, y):
    return {"hidden.weight": 0.0, "hidden.bias": 0.0, "output.weight": 0.0, "output.bias": 0.5}

# %% wrong: any_negative_weight_and_no_abs
def dead_units(model, X):
    return [j for j, w in enumerate(model[0].weight) if bool((w < 0).any())]


def grads_from_zero_init(X, y):
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    for p in net.parameters():
        nn.init.zeros_(p)
    nn.BCELoss()(net(X), y).backward()
    names = ("hidden.weight", "hidden.bias", "output.weight", "output.bias")
    return {name: p.grad.max().item() for name, p in zip(names, net.parameters())}

# %% wrong: gradient_without_abs
def dead_units(model, X):
    with torch.no_grad():
        h = torch.relu(model[0](X))
    return [j for j in range(h.shape[1]) if not bool((h[:, j] > 0).any())]


def grads_from_zero_init(X, y):
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    for p in net.parameters():
        nn.init.zeros_(p)
    nn.BCELoss()(net(X), y).backward()
    names = ("hidden.weight", "hidden.bias", "output.weight", "output.bias")
    return {name: p.grad.max().item() for name, p in zip(names, net.parameters())}

# %% wrong: none
def dead_units(model, X):
    return []


def grads_from_zero_init(X, y):
    return dict.fromkeys(["hidden.weight", "hidden.bias", "output.weight", "output.bias"], 0.0)

# %% wrong: only_weights_are_zero
def dead_units(model, X):
    with torch.no_grad():
        h = torch.relu(model[0](X))
    return [j for j in range(h.shape[1]) if not bool((h[:, j] > 0).any())]


def grads_from_zero_init(X, y):
    torch.manual_seed(0)
    hidden, output = nn.Linear(2, 3), nn.Linear(3, 1)
    nn.init.zeros_(hidden.weight)
    nn.init.zeros_(output.weight)
    nn.BCELoss()(torch.sigmoid(output(torch.relu(hidden(X)))), y).backward()
    named = {"hidden": hidden, "output": output}
    return {f"{n}.{k}": p.grad.abs().max().item() for n, m in named.items() for k, p in m.named_parameters()}

# %% mistake: strictly_below
# A unit that just reaches 0 was not counted. It is 0 there as well, and the slope of ReLU at 0 is 0.
# ? Which comparison lets 0 itself count?
def dead_units(model, X):
    z = model[0](X)
    return [j for j in range(z.shape[1]) if bool((z[:, j] < 0).all())]


def grads_from_zero_init(X, y):
    return {"hidden.weight": 0.0, "hidden.bias": 0.0, "output.weight": 0.0, "output.bias": abs(float((0.5 - y).mean()))}

# %% mistake: rows_for_units
# Rows of the data were looked through; the units are the columns of what the hidden layer gives.
# ? Which shape does `model[0](X)` have, and which dimension counts the units?
def dead_units(model, X):
    h = torch.relu(model[0](X))
    return [j for j in range(h.shape[0]) if bool((h[j] == 0).all())]


def grads_from_zero_init(X, y):
    return {"hidden.weight": 0.0, "hidden.bias": 0.0, "output.weight": 0.0, "output.bias": abs(float((0.5 - y).mean()))}

# %% mistake: three_units_only
# Only the first units were looked at; the hidden layer has h of them, any number.
# ? Where does your code get the number of units from?
def dead_units(model, X):
    h = torch.relu(model[0](X))
    return [j for j in range(3) if bool((h[:, j] == 0).all())]


def grads_from_zero_init(X, y):
    return {"hidden.weight": 0.0, "hidden.bias": 0.0, "output.weight": 0.0, "output.bias": abs(float((0.5 - y).mean()))}

# %% mistake: lists_the_living
# Those are the units that are alive; the dead ones were asked for.
# ? For which units is every row 0?
def dead_units(model, X):
    h = torch.relu(model[0](X))
    return [j for j in range(h.shape[1]) if bool(h[:, j].any())]


def grads_from_zero_init(X, y):
    return {"hidden.weight": 0.0, "hidden.bias": 0.0, "output.weight": 0.0, "output.bias": abs(float((0.5 - y).mean()))}

# %% mistake: random_start
# The gradients are those of a network that started from other numbers than 0: all 13 parameters should be 0, biases too.
# ? What do the parameters hold before your backward pass?
def dead_units(model, X):
    with torch.no_grad():
        h = torch.relu(model[0](X))
    return [j for j in range(h.shape[1]) if bool((h[:, j] == 0).all())]


def grads_from_zero_init(X, y):
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    torch.nn.functional.binary_cross_entropy(net(X), y).backward()
    return {name: p.grad.abs().max().item() for name, p in zip(("hidden.weight", "hidden.bias", "output.weight", "output.bias"), net.parameters())}

# %% mistake: whole_gradients
# The gradients came back whole; the largest |gradient| of each parameter was asked for, one number.
# ? How do you get the largest of many numbers, whatever its sign?
def dead_units(model, X):
    with torch.no_grad():
        h = torch.relu(model[0](X))
    return [j for j in range(h.shape[1]) if bool((h[:, j] == 0).all())]


def grads_from_zero_init(X, y):
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    for p in net.parameters():
        nn.init.zeros_(p)
    torch.nn.functional.binary_cross_entropy(net(X), y).backward()
    return {name: p.grad for name, p in zip(("hidden.weight", "hidden.bias", "output.weight", "output.bias"), net.parameters())}

# %% wrong: leaves_autograd_off
def dead_units(model, X):
    torch.set_grad_enabled(False)
    return [j for j in range(len(model[0].bias)) if bool((torch.relu(model[0](X))[:, j] == 0).all())]


def grads_from_zero_init(X, y):
    return {"hidden.weight": 0.0, "hidden.bias": 0.0, "output.weight": 0.0, "output.bias": abs(0.5 - y.mean().item())}
