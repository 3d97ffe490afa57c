import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def fit_sum_rule(X_train, y_train, X_test):
    mean, std = X_train.mean(0), X_train.std(0)
    A, B = (X_train - mean) / std, (X_test - mean) / std
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(500):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy(net(A), y_train).backward()
        optimizer.step()
    with torch.no_grad():
        return net(B)

# %% alternative: adam_in_a_class
class Scaled(nn.Module):
    def __init__(self, X):
        super().__init__()
        self.register_buffer("mean", X.mean(dim=0, keepdim=True))
        self.register_buffer("std", X.std(dim=0, keepdim=True, unbiased=False))
        self.hidden, self.output = nn.Linear(2, 3), nn.Linear(3, 1)

    def forward(self, x):
        return self.output(F.relu(self.hidden((x - self.mean) / self.std)))

def fit_sum_rule(X_train, y_train, X_test):
    torch.manual_seed(3)
    model, loss_fn = Scaled(X_train), nn.BCEWithLogitsLoss()
    opt = torch.optim.Adam(model.parameters(), lr=0.05)
    for epoch in range(300):
        loss = loss_fn(model(X_train), y_train)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model(X_test).sigmoid()

# %% alternative: numpy_logistic_regression
def fit_sum_rule(X_train, y_train, X_test):
    A, B, y = X_train.numpy(), X_test.numpy(), y_train.numpy()
    low, high = A.min(0), A.max(0)
    A, B = (A - low) / (high - low) * 2 - 1, (B - low) / (high - low) * 2 - 1
    w, b = np.zeros((2, 1)), 0.0
    sigma = lambda z: 0.5 * (1 + np.tanh(z / 2))
    for _ in range(3000):
        error = sigma(A @ w + b) - y
        w -= 1.0 * A.T @ error / len(A)
        b -= 1.0 * error.mean()
    return sigma(B @ w + b)

# %% mistake: raw_inputs_plateau
# Too few points are right, and with the crates in other units your answers change: so the inputs (or a part of them) are not scaled by the training rows' mean and std. Numbers as large as 10 at a small start make training slow and can switch ReLU units off for good.
# ? What could you do to the two columns before training, so that they are near 0 and of size 1?
def fit_sum_rule(X_train, y_train, X_test):
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
    for _ in range(500):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy(net(X_train), y_train).backward()
        optimizer.step()
    with torch.no_grad():
        return net(X_test)

# %% mistake: standardised_with_test
# One odd row among the test points spoiled the answers for the others: the scaling looks at the test points.
# ? Whose mean and standard deviation may be used, for both parts: those of the rows you train on, or those of the test points too?
def fit_sum_rule(X_train, y_train, X_test):
    everything = torch.cat([X_train, X_test])
    mean, std = everything.mean(0), everything.std(0)
    A, B = (X_train - mean) / std, (X_test - mean) / std
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(500):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy(net(A), y_train).backward()
        optimizer.step()
    with torch.no_grad():
        return net(B)

# %% mistake: standardised_with_test
def fit_sum_rule(X_train, y_train, X_test):
    scale = lambda X: (X - X.mean(0)) / X.std(0)
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(500):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy(net(scale(X_train)), y_train).backward()
        optimizer.step()
    return net(scale(X_test)).detach()

# %% mistake: leaks_labels
# The answers know the notebook's rule even where `y_train` says something else: labels of the test points came in from outside, they were not learned.
# ? Would your function work for a rule that you have never been told?
def fit_sum_rule(X_train, y_train, X_test):
    y_test = (X_test.sum(dim=1, keepdim=True) > 11).float()
    return 0.02 + 0.96 * y_test

# %% mistake: autograd_off
# You switched autograd off and left it off: every later cell works without gradients.
# ? Which form of `no_grad` ends by itself?
def fit_sum_rule(X_train, y_train, X_test):
    mean, std = X_train.mean(0), X_train.std(0)
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
    for _ in range(300):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy(net((X_train - mean) / std), y_train).backward()
        optimizer.step()
    torch.set_grad_enabled(False)
    return net((X_test - mean) / std)

# %% wrong: raw_inputs_at_lr_01
def fit_sum_rule(X_train, y_train, X_test):
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(500):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy(net(X_train), y_train).backward()
        optimizer.step()
    with torch.no_grad():
        return net(X_test)

# %% wrong: flat_answer
def fit_sum_rule(X_train, y_train, X_test):
    mean, std = X_train.mean(0), X_train.std(0)
    A, B = (X_train - mean) / std, (X_test - mean) / std
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
    for _ in range(300):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy(net(A), y_train).backward()
        optimizer.step()
    return net(B).detach().flatten()

# %% wrong: constant
def fit_sum_rule(X_train, y_train, X_test):
    return torch.full((len(X_test), 1), 0.5)

# %% wrong: too_few_epochs
def fit_sum_rule(X_train, y_train, X_test):
    mean, std = X_train.mean(0), X_train.std(0)
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
    for _ in range(5):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy(net((X_train - mean) / std), y_train).backward()
        optimizer.step()
    return net((X_test - mean) / std).detach()
