import torch

# %% reference
def zero_grads(params):
    for p in params:
        p.grad = None

# %% alternative: in_place
def zero_grads(params):
    for p in params:
        if p.grad is not None:
            p.grad.zero_()

# %% alternative: new_zeros
def zero_grads(params):
    for p in list(params):
        p.grad = torch.zeros_like(p)

# %% alternative: optimizer
def zero_grads(params):
    torch.optim.SGD(params, lr=0.0).zero_grad(set_to_none=False)

# %% stand_in
def zero_grads(params):
    torch.optim.SGD(list(params), lr=0.0).zero_grad()

# %% mistake: zeroes_weights
# The parameters themselves became 0. What the network has learnt is gone; only the gradients should be cleared.
# ? Which attribute of a parameter holds its gradient?
def zero_grads(params):
    with torch.no_grad():
        for p in params:
            p.zero_()

# %% mistake: crashes_on_none
# Your function stopped at a parameter without a gradient: before the first `backward()`, `.grad` is None, and None can't be filled, multiplied or asked for its shape.
# ? What is `p.grad` before the first `backward()`, and what should happen to it then?
def zero_grads(params):
    for p in params:
        p.grad.zero_()

# %% wrong: does_nothing
def zero_grads(params):
    return None

# %% wrong: first_only
def zero_grads(params):
    next(iter(params)).grad = None

# %% wrong: copies
def zero_grads(params):
    for p in params:
        if p.grad is not None:
            g = p.grad.clone()
            g.zero_()

# %% wrong: averages
def zero_grads(params):
    for p in params:
        if p.grad is not None:
            p.grad -= p.grad.mean()

# %% wrong: by_index
def zero_grads(params):
    for i in range(len(params)):
        params[i].grad = None

# %% wrong: goes_through_twice
def zero_grads(params):
    if any(p.grad is not None for p in params):
        for p in params:
            p.grad = None

# %% wrong: freezes
def zero_grads(params):
    for p in params:
        p.requires_grad_(False)
        p.grad = None

# %% wrong: thaws
def zero_grads(params):
    for p in params:
        p.grad = None
        p.requires_grad_(True)

# %% wrong: stops_at_none_otherwise
def zero_grads(params):
    for p in params:
        p.grad *= 0

# %% mistake: trainable_only
# Gradients of frozen parameters are still there; every parameter's gradient was to be cleared.
# ? Which condition of yours leaves a parameter out?
def zero_grads(params):
    for p in params:
        if p.requires_grad:
            p.grad = None

# %% mistake: freezes_or_thaws
# What was frozen or trainable is not so any more. Only `.grad` is to be cleared.
# ? On which attribute do you work: `grad` or `requires_grad`?
def zero_grads(params):
    for p in params:
        p.grad = None
        p.requires_grad = False

# %% mistake: freezes_or_thaws
def zero_grads(params):
    for p in params:
        p.grad = None
        p.requires_grad_(True)
