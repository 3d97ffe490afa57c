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
# Old gradients count in your steps: what is in `.grad` when your function is called is not cleared before `backward()`, which adds to it.
# ? What is in `.grad` when your function is called for the second time, or with a model that has gradients from elsewhere?
def train_step(model, x, y, loss_fn, lr):
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    return loss.item()

# %% mistake: clears_between_backward_and_step
# There is no gradient when your step is made: it was cleared after `backward()`, or never computed.
# ? Which lines stand between `backward()` and the step, and what is in `.grad` after them?
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
# Your steps do not use the gradient of their own call: they use an older one, or none. So it is if the update stands before `backward()`.
# ? Which line computes the gradient, and does an update that changes the parameters come after it?
def train_step(model, x, y, loss_fn, lr):
    loss = loss_fn(model(x), y)
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    model.zero_grad()
    loss.backward()
    return loss.item()

# %% mistake: clears_between_backward_and_step
def train_step(model, x, y, loss_fn, lr):
    loss = loss_fn(model(x), y)
    loss.backward()
    model.zero_grad()
    with torch.no_grad():
        for p in model.parameters():
            p -= lr * p.grad
    return loss.item()

# %% mistake: step_before_backward
def train_step(model, x, y, loss_fn, lr):
    loss = loss_fn(model(x), y)
    for p in model.parameters():
        if p.grad is not None:
            p.data = p.data - lr * p.grad
    model.zero_grad()
    loss.backward()
    return loss.item()

# %% mistake: step_before_backward
def train_step(model, x, y, loss_fn, lr):
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    model.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    return loss.item()

# %% mistake: step_before_backward
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    loss.backward()
    return loss.item()

# %% mistake: step_before_backward
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    with torch.no_grad():
        for p in model.parameters():
            p -= lr * p.grad
    loss.backward()
    return loss.item()

# %% mistake: step_before_backward
def train_step(model, x, y, loss_fn, lr):
    loss = loss_fn(model(x), y)
    for p in model.parameters():
        if p.grad is not None:
            p.data = p.data - lr * p.grad
    loss.backward()
    return loss.item()

# %% mistake: crashes_on_none
# Your function stopped at a parameter without a gradient: a frozen or unused one has None in `.grad`.
# ? What is `p.grad` for a frozen parameter, and what should happen to it in a step?
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            p -= lr * p.grad
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

# %% mistake: clears_what_is_not_there
# Your function clears gradients with `p.grad.zero_()` before there are any: until the first `backward()`, `p.grad` is None. Ask first, or use `model.zero_grad()`.
# ? What is `p.grad` of a fresh model?
def train_step(model, x, y, loss_fn, lr):
    for p in model.parameters():
        p.grad.zero_()
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    return loss.item()

# %% mistake: loss_after_step
# You report the loss from after the move. The loss from before it is asked for.
# ? With which weights was the loss computed that you return?
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

# %% mistake: ignores_loss_fn
# Your step takes a loss of its own choice and never calls `loss_fn`.
# ? Where does `loss_fn` appear in your function?
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    return loss.item()

# %% mistake: uphill
# Your parameters moved uphill: by +lr · gradient instead of −lr · gradient.
# ? Which way does the gradient point: to a larger or to a smaller loss?
def train_step(model, x, y, loss_fn, lr):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p += lr * p.grad
    return loss.item()

# %% mistake: no_zero_grad
def train_step(model, x, y, loss_fn, lr):
    loss = loss_fn(model(x), y)
    loss.backward()
    for p in model.parameters():
        if p.grad is not None:
            p.data -= lr * p.grad
            p.grad = None
    return loss.item()

# %% mistake: linear_layers_only
# Only the linear layers moved, or only those at the top level. A model has other parameters too, and layers inside layers.
# ? Which method of a model gives all of its parameters, wherever they are?
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

# %% mistake: linear_layers_only
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

# %% mistake: thaws_everything
# Your step makes frozen parameters trainable.
# ? What does `requires_grad` say of each parameter after your step?
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

# %% mistake: into_train_mode
# The model came in eval mode and is in train mode now. Leave it in the mode in which it came.
# ? Which line of yours changes the mode, and does the step need it?
def train_step(model, x, y, loss_fn, lr):
    model.train()
    model.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            if p.grad is not None:
                p -= lr * p.grad
    return loss.item()
