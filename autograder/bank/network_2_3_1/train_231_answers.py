import copy
import math
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% alternative: by_hand
def train_231(model, X, y, epochs=500, lr=0.01):
    params = [*model.parameters()]
    history = []
    for epoch in range(epochs):
        p = model(X)
        loss = -(y * p.log() + (1 - y) * (1 - p).log()).mean()
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            for param, grad in zip(params, grads):
                param.sub_(lr * grad)
        history.append(float(loss.detach()))
    return history

# %% alternative: loader_of_one_batch
def train_231(model, X, y, epochs=500, lr=0.01):
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(X, y), batch_size=len(X), shuffle=True)
    opt = torch.optim.SGD(model.parameters(), lr)
    out = np.zeros(epochs)
    for e in range(epochs):
        for xb, yb in loader:
            loss = F.binary_cross_entropy(model(xb), yb)
            out[e] = loss.detach()
            model.zero_grad()
            loss.backward()
            opt.step()
    return list(out)

# %% alternative: clears_afterwards
def train_231(model, X, y, epochs=500, lr=0.01):
    model.train()
    opt = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.0)
    def one_epoch():
        loss = torch.nn.functional.binary_cross_entropy(model(X).squeeze(1), y.squeeze(1))
        loss.backward()
        opt.step()
        opt.zero_grad(set_to_none=True)
        return loss.item()
    opt.zero_grad()
    return [one_epoch() for _ in range(epochs)]

# %% mistake: no_zero_grad
# The run leaves the right track at the third loss: the second step used the sum of two epochs' gradients.
# ? What does `backward()` do with the gradients that are still there from the epoch before?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        loss = loss_fn(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: double_sigmoid
# The loss put a second sigmoid on top of the probabilities: the model already ends with one.
# ? Does your loss expect probabilities or scores, and which of them does `model(X)` give?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCEWithLogitsLoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: loss_after_step
# Your losses are one step late: each is that of the weights after the epoch's step.
# ? Is the first number in your list the loss of the untrained model?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss_fn(model(X), y).backward()
        optimizer.step()
        with torch.no_grad():
            losses.append(loss_fn(model(X), y).item())
    return losses

# %% mistake: keeps_tensors
# The losses came back as tensors where a list of plain floats was wanted. (A loss that is not detached also keeps the whole graph of its epoch in memory.)
# ? How do you get the plain number out of a tensor of one element?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        losses.append(loss)
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: keeps_tensors
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = torch.zeros(epochs)
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses[epoch] = loss.detach()
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: new_model_inside
# The model that was handed in has the same weights as before, though your losses move: the steps changed other weights.
# ? Which object's parameters does your optimiser hold?
def train_231(model, X, y, epochs=500, lr=0.01):
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: wrong_optimizer
# The first loss is right, but then the weights move in another way than by plain gradient descent (SGD without momentum or other extras, with the lr that was given).
# ? Which optimiser moves every weight by exactly −lr · gradient, and does it get this lr?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: mini_batches
# There were several steps in every epoch, as when the rows are taken a few at a time; one step with all rows was asked for.
# ? How often does your code call `step()` in one epoch?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        total = 0.0
        for xb, yb in zip(X.split(16), y.split(16)):
            optimizer.zero_grad()
            loss = loss_fn(model(xb), yb)
            total += loss.item() * len(xb)
            loss.backward()
            optimizer.step()
        losses.append(total / len(X))
    return losses

# %% wrong: never_steps
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
    return losses

# %% wrong: zero_grad_before_step
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
    return losses

# %% mistake: momentum
# Your steps have momentum. Plain gradient descent is asked for.
# ? Which arguments did you give to torch.optim.SGD?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% wrong: constant
def train_231(model, X, y, epochs=500, lr=0.01):
    return [0.6931] * epochs

# %% wrong: trains_a_copy
def train_231(model, X, y, epochs=500, lr=0.01):
    twin = copy.deepcopy(model)
    optimizer = torch.optim.SGD(twin.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(twin(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: summed_loss
# You sum the losses of the samples. Their mean is asked for: with the sum, losses and steps are N times as large.
# ? What does `reduction` do in a loss function?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss(reduction="sum")(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
