import copy

import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def before_after(model, x, y, lr):
    model.zero_grad()
    loss = F.mse_loss(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
        return loss.item(), F.mse_loss(model(x), y).item()

# %% alternative: optimizer
def before_after(model, x, y, lr):
    opt = torch.optim.SGD(model.parameters(), lr)
    loss_fn = nn.MSELoss()
    losses = []
    for _ in range(2):
        opt.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        losses.append(loss.detach())
        if len(losses) == 1:
            opt.step()
    return torch.stack(losses)

# %% alternative: on_a_copy
def before_after(model, x, y, lr):
    def mse(m):
        return ((m(x) - y) ** 2).mean()
    moved = copy.deepcopy(model)
    params = list(moved.parameters())
    for p, g in zip(params, torch.autograd.grad(mse(moved), params)):
        p.data -= lr * g
    return float(mse(model)), float(mse(moved))

# %% alternative: loop
def before_after(model, x, y, lr):
    def mse():
        total = 0.0
        for one, target in zip(model(x), y):
            total = total + (one - target).pow(2).mean()
        return total / len(x)
    before = mse()
    before.backward()
    for p in model.parameters():
        p.data.add_(p.grad, alpha=-lr)
    return [before.item(), mse().item()]

# %% mistake: same_value_twice
# Your two numbers are the same, and both are the loss after the step.
# ? Which of your lines run before the parameters move?
def before_after(model, x, y, lr):
    F.mse_loss(model(x), y).backward()
    with torch.no_grad():
        for p in model.parameters():
            p -= lr * p.grad
    before = F.mse_loss(model(x), y).item()
    after = F.mse_loss(model(x), y).item()
    return before, after

# %% mistake: reports_old_loss
# Your second number is the loss from before the step: it was computed with the old parameters.
# ? After the parameters have moved, where do you call the model again?
def before_after(model, x, y, lr):
    prediction = model(x)
    loss = F.mse_loss(prediction, y)
    before = loss.item()
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            p -= lr * p.grad
    after = F.mse_loss(prediction, y).item()
    return before, after

# %% mistake: two_steps
# Your two numbers are right, but the model has moved twice: to learn the new loss you made another step.
# ? Which of your lines compute a loss, and which move the parameters?
def before_after(model, x, y, lr):
    def step():
        model.zero_grad()
        loss = F.mse_loss(model(x), y)
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
        return loss.item()
    return step(), step()

# %% mistake: swapped
# Your two numbers stand in the wrong order: first the loss after the step, then the one before it.
# ? Which of your two numbers is the loss of the model as it came?
def before_after(model, x, y, lr):
    loss = F.mse_loss(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            p -= lr * p.grad
    return F.mse_loss(model(x), y).item(), loss.item()

# %% wrong: guesses
def before_after(model, x, y, lr):
    before = F.mse_loss(model(x), y).item()
    return before, before * (1 - lr)

# %% wrong: ascent
def before_after(model, x, y, lr):
    loss = F.mse_loss(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            p += lr * p.grad
    return loss.item(), F.mse_loss(model(x), y).item()
