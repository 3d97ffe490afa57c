import torch

# %% reference
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        p.grad = None

# %% alternative: zeros
def accumulate(f, x, k):
    leaf = x.detach().clone().requires_grad_()
    for _ in range(k):
        y = f(leaf)
        y.backward()
    return leaf.grad.clone()

def clear(params):
    for p in params:
        if p.grad is not None:
            p.grad.zero_()

# %% alternative: one_graph
def accumulate(f, x, k):
    y = f(x)
    for _ in range(k):
        y.backward(retain_graph=True)
    return x.grad

def clear(params):
    for p in filter(lambda q: q.grad is not None, params):
        p.grad = torch.zeros_like(p)

# %% alternative: multiplied
def accumulate(f, x, k):
    (g,) = torch.autograd.grad(f(x), x)
    return k * g

def clear(params):
    torch.optim.SGD(params, lr=0.1).zero_grad()

# %% alternative: summed
def accumulate(f, x, k):
    total = torch.zeros_like(x)
    for _ in range(k):
        total = total + torch.autograd.grad(f(x), x)[0]
    return total.detach()

def clear(params):
    for p in params:
        if p.grad is not None:
            p.grad *= 0

# %% alternative: one_backward
def accumulate(f, x, k):
    sum(f(x) for _ in range(k)).backward()
    return x.grad

def clear(params):
    for p in params:
        p.grad = None

# %% mistake: ignores_accumulation
# Your answer is the gradient of one pass: it was cleared between the passes, or only one was made.
# ? What should `.grad` hold after three passes that nobody cleared?
def accumulate(f, x, k):
    for _ in range(k):
        x.grad = None
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        p.grad = None

# %% mistake: ignores_accumulation
def accumulate(f, x, k):
    f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        p.grad = None

# %% mistake: ignores_accumulation
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
        return x.grad

def clear(params):
    for p in params:
        p.grad = None

# %% mistake: zeroes_values
# `clear` set the parameters themselves to 0; only their gradients should go.
# ? What is the difference between `p.zero_()` and `p.grad.zero_()`?
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
    return x.grad

def clear(params):
    with torch.no_grad():
        for p in params:
            p.zero_()

# %% mistake: zeroes_values
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        p.data = torch.zeros_like(p)
        p.grad = None

# %% mistake: crashes_on_none
# `clear` stopped at a parameter whose gradient is None: there is nothing to set to zero.
# ? What is `p.grad` before the first `backward()`?
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        p.grad.zero_()

# %% mistake: stops_at_none
# `clear` ended at the first gradient that is None, and left those after it.
# ? What should happen in the loop after a parameter without a gradient?
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        if p.grad is None:
            return
        p.grad = None

# %% mistake: stops_at_none
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        if p.grad is None:
            break
        p.grad.zero_()

# %% mistake: nothing_cleared
# `clear` left every gradient as it was. To give a name another value does not change the tensor's `.grad`.
# ? After `g = p.grad; g = None`, what is `p.grad`?
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        g = p.grad
        g = None

# %% mistake: nothing_cleared
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        p.detach().grad = None

# %% mistake: first_only
# `clear` cleared the first gradient only: your function ends in the first round of its loop.
# ? In which round of the loop does your function return?
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        p.grad = None
        return

# %% mistake: last_only
# `clear` cleared the last gradient only: the line stands behind the loop.
# ? How often does the line that clears run?
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        pass
    p.grad = None

# %% mistake: backward_on_one_graph
# PyTorch stopped at the second pass: a graph can be gone through once, then what it had stored is gone.
# ? Where must f(x) be computed, if each pass needs a graph of its own?
def accumulate(f, x, k):
    y = f(x)
    for _ in range(k):
        y.backward()
    return x.grad

def clear(params):
    for p in params:
        p.grad = None

# %% mistake: one_pass_missing
# One pass is missing: your answer is k − 1 times the gradient.
# ? How many rounds does `range(1, k)` make?
def accumulate(f, x, k):
    x.grad = torch.zeros_like(x)
    for _ in range(1, k):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        p.grad = None

# %% mistake: one_pass_too_many
# There is one pass too many: your answer is k + 1 times the gradient.
# ? How many passes does your code make before its loop begins?
def accumulate(f, x, k):
    f(x).backward()
    for _ in range(k):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        p.grad = None

# %% mistake: values_added
# You added up the values of f; wanted is the gradient, with the shape of x.
# ? What does `backward()` fill?
def accumulate(f, x, k):
    return k * f(x).detach()

def clear(params):
    for p in params:
        p.grad = None

# %% mistake: no_return
# `accumulate` returned None. The gradient is to be given back.
# ? Does your function end with `return`?
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()

def clear(params):
    for p in params:
        p.grad = None

# %% wrong: does_nothing
def accumulate(f, x, k):
    return x

def clear(params):
    return params

# %% wrong: three_always
def accumulate(f, x, k):
    for _ in range(3):
        f(x).backward()
    return x.grad

def clear(params):
    for p in params:
        p.grad = None

# %% mistake: frozen
# The gradients are gone, but the tensors no longer require one: they could not be trained on.
# ? After `clear`, would `backward()` fill `.grad` again?
def accumulate(f, x, k):
    for _ in range(k):
        f(x).backward()
    return x.grad


def clear(params):
    for p in params:
        p.requires_grad_(False)
        p.grad = None

# %% mistake: power_of_the_gradient
# You took the gradient to the power k. Passes that add up make k times the gradient.
# ? What is g + g + g: 3 · g, or g³?
def accumulate(f, x, k):
    f(x).backward()
    return x.grad ** k


def clear(params):
    for p in params:
        p.grad = None
