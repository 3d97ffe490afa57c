import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def train_manual(model, X, y, steps, lr):
    losses = []
    for _ in range(steps):
        for p in model.parameters():
            p.grad = None
        loss = F.mse_loss(model(X), y)
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
        losses.append(loss.item())
    return losses

# %% alternative: clears_at_the_end
def train_manual(model, X, y, steps, lr):
    criterion, losses, step = nn.MSELoss(), [], 0
    while step < steps:
        loss = criterion(model(X), y)
        loss.backward()
        for p in model.parameters():
            if p.grad is None:
                continue
            p.data = p.data - lr * p.grad
            p.grad.zero_()
        losses += [float(loss)]
        step += 1
    return losses

# %% alternative: autograd_grad
def train_manual(model, X, y, steps, lr):
    params = [p for p in model.parameters() if p.requires_grad]
    def one():
        loss = (model(X) - y).square().sum() / y.numel()
        for p, g in zip(params, torch.autograd.grad(loss, params, allow_unused=True)):
            if g is not None:
                p.data.sub_(g * lr)
        return loss.detach().cpu().numpy().item()
    return [one() for _ in range(steps)]

# %% alternative: functional
def train_manual(model, X, y, steps, lr):
    values = {name: p.detach().clone() for name, p in model.named_parameters() if p.requires_grad}
    def cost(values):
        return ((torch.func.functional_call(model, values, (X,)) - y) ** 2).mean()
    history = torch.zeros(steps)
    for step in range(steps):
        slopes, loss = torch.func.grad_and_value(cost)(values)
        history[step] = loss
        values = {name: value - lr * slopes[name] for name, value in values.items()}
    model.load_state_dict(values, strict=False)
    return history.tolist()

# %% mistake: keeps_tensors
# Your losses came back as tensors, not as a list of plain numbers. A loss tensor that was not detached keeps the whole graph of its step in memory.
# ? What does `.item()` give you?
def train_manual(model, X, y, steps, lr):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = F.mse_loss(model(X), y)
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
        losses.append(loss)
    return losses

# %% mistake: off_by_one
# Your losses are right, but the list, or the training itself, begins or ends one step too early or too late.
# ? Which loss should come first: that before or after the first update? And how many losses, and how many updates, do `steps` steps give?
def train_manual(model, X, y, steps, lr):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        F.mse_loss(model(X), y).backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
            losses.append(F.mse_loss(model(X), y).item())
    return losses

# %% mistake: off_by_one
def train_manual(model, X, y, steps, lr):
    losses = []
    for step in range(steps):
        model.zero_grad()
        loss = F.mse_loss(model(X), y)
        losses.append(loss.item())
        if step == steps - 1:
            break
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
    return losses

# %% mistake: optimizer_imported
# You use `torch.optim`; here you make the steps, and clear the gradients, without it.
# ? What does an optimizer do to each parameter, and to its gradient?
def train_manual(model, X, y, steps, lr):
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        loss = F.mse_loss(model(X), y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return losses

# %% wrong: one_step_less
def train_manual(model, X, y, steps, lr):
    losses = []
    for _ in range(1, steps):
        model.zero_grad()
        loss = F.mse_loss(model(X), y)
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
        losses.append(loss.item())
    return losses

# %% mistake: no_zero_grad
# The first two losses are right, the later ones are not: `backward()` adds to the gradients of the steps before, and they are never cleared.
# ? What is in `.grad` just before the second `backward()`?
def train_manual(model, X, y, steps, lr):
    losses = []
    for _ in range(steps):
        loss = F.mse_loss(model(X), y)
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
        losses.append(loss.item())
    return losses

# %% wrong: first_loss_again
def train_manual(model, X, y, steps, lr):
    return [F.mse_loss(model(X), y).item()] * steps

# %% wrong: makes_up_a_fall
def train_manual(model, X, y, steps, lr):
    start = F.mse_loss(model(X), y).item()
    return [start * (1 - lr) ** step for step in range(steps)]

# %% wrong: on_a_copy
def train_manual(model, X, y, steps, lr):
    import copy
    model = copy.deepcopy(model)
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = F.mse_loss(model(X), y)
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
        losses.append(loss.item())
    return losses

# %% wrong: linear_children_only
def train_manual(model, X, y, steps, lr):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = F.mse_loss(model(X), y)
        loss.backward()
        with torch.no_grad():
            for layer in model.children():
                if isinstance(layer, nn.Linear):
                    layer.weight -= lr * layer.weight.grad
                    layer.bias -= lr * layer.bias.grad
        losses.append(loss.item())
    return losses

# %% mistake: crashes_on_none
# Your function stopped at a parameter without a gradient: a frozen or unused one has None in `.grad`.
# ? What is `p.grad` for a frozen parameter, and what should happen to it in a step?
def train_manual(model, X, y, steps, lr):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = F.mse_loss(model(X), y)
        loss.backward()
        for p in model.parameters():
            p.data -= lr * p.grad
        losses.append(loss.item())
    return losses

# %% wrong: thaws_everything
def train_manual(model, X, y, steps, lr):
    losses = []
    for _ in range(steps):
        for p in model.parameters():
            p.requires_grad_(True)
            p.grad = None
        loss = F.mse_loss(model(X), y)
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
        losses.append(loss.item())
    return losses
