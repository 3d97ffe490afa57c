import numpy as np
import torch
from torch import nn

# %% reference
def train_step(model, x, y, loss_fn, lr):
    for p in model.parameters():
        p.grad = None
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    return loss.item()

# %% alternative: optimizer
def train_step(model, x, y, loss_fn, lr):
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    opt.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    opt.step()
    return float(loss)

# %% alternative: autograd_grad
def train_step(model, x, y, loss_fn, lr):
    params = [p for p in model.parameters() if p.requires_grad]
    loss = loss_fn(model(x), y)
    for p, g in zip(params, torch.autograd.grad(loss, params, allow_unused=True)):
        if g is not None:
            p.data.add_(g, alpha=-lr)
    return loss.detach().cpu().numpy().item()

# %% alternative: clears_in_place
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad(set_to_none=False)
    loss = loss_fn(model.forward(x), y)
    loss.backward()
    value = loss.detach().tolist()
    for p in filter(lambda p: p.grad is not None, model.parameters()):
        p.data = p.data - lr * p.grad
        p.grad.zero_()
    return value

# %% alternative: functional
def train_step(model, x, y, loss_fn, lr):
    values = {name: p.detach() for name, p in model.named_parameters() if p.requires_grad}
    def cost(values):
        return loss_fn(torch.func.functional_call(model, values, (x,)), y)
    slopes, loss = torch.func.grad_and_value(cost)(values)
    model.load_state_dict({name: values[name] - lr * slopes[name] for name in values}, strict=False)
    return loss.item()

# %% mistake: no_zero_grad
# The first step is right, the later ones are not: the gradients of earlier calls are still in `.grad`, and `backward()` adds to them.
# ? What is in `.grad` when your function is called for the second time?
def train_step(model, x, y, loss_fn, lr):
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    return loss.item()

# %% mistake: clears_between_backward_and_step
# Nothing moves in any call: at the moment of the step the gradients are cleared, not yet computed, or not used.
# ? What is in `.grad` at the moment when you use it?
def train_step(model, x, y, loss_fn, lr):
    loss = loss_fn(model(x), y)
    loss.backward()
    model.zero_grad()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    return loss.item()

# %% mistake: step_before_backward
# Each call moves the parameters by the gradient of the call before, and the first call moves nothing.
# ? Which line computes the gradient, and does it stand before the update?
def train_step(model, x, y, loss_fn, lr):
    loss = loss_fn(model(x), y)
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    model.zero_grad()
    loss.backward()
    return loss.item()

# %% mistake: returns_tensor
# The loss came back as a tensor, not as a plain number. If it still hangs on its graph, a list of such losses fills the memory.
# ? Which method of a tensor with one element gives a Python number?
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    return loss

# %% wrong: loss_after_update
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss_fn(model(x), y).backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    return loss_fn(model(x), y).item()

# %% wrong: no_update
def train_step(model, x, y, loss_fn, lr):
    return loss_fn(model(x), y).item()

# %% wrong: always_mse
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    return loss.item()

# %% wrong: ascent
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p += lr * p.grad
    return loss.item()

# %% wrong: clears_at_the_end_only
def train_step(model, x, y, loss_fn, lr):
    loss = loss_fn(model(x), y)
    loss.backward()
    for p in model.parameters():
        if p.grad is not None:
            p.data -= lr * p.grad
            p.grad = None
    return loss.item()

# %% wrong: linear_children_only
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for layer in model.children():
            if isinstance(layer, nn.Linear):
                layer.weight -= lr * layer.weight.grad
                layer.bias -= lr * layer.bias.grad
    return loss.item()

# %% wrong: linear_modules_only
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for layer in model.modules():
            if isinstance(layer, nn.Linear):
                for p in (layer.weight, layer.bias):
                    if p.grad is not None:
                        p -= lr * p.grad
    return loss.item()

# %% wrong: expects_a_gradient_everywhere
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            p -= lr * p.grad
    return loss.item()

# %% wrong: thaws_everything
def train_step(model, x, y, loss_fn, lr):
    for p in model.parameters():
        p.requires_grad_(True)
        p.grad = None
    loss = loss_fn(model(x), y)
    loss.backward()
    for p in model.parameters():
        if p.grad is not None:
            p.data -= lr * p.grad
    return loss.item()

# %% wrong: no_step
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    return loss.item()
