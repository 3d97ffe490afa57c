import numpy as np
import torch

# %% reference
def grad_at(f, x0):
    x = torch.tensor(float(x0), requires_grad=True)
    f(x).backward()
    return x.grad.item()

# %% alternative: autograd_grad
def grad_at(f, x0):
    x = torch.tensor(x0, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(f(x), x)
    return slope

# %% alternative: one_element
def grad_at(f, x0):
    x = torch.tensor([float(x0)])
    x.requires_grad_()
    y = f(x)
    y.sum().backward()
    return float(x.grad[0])

# %% alternative: func_grad
def grad_at(f, x0):
    return torch.func.grad(f)(torch.tensor(float(x0)))

# %% alternative: cleared
_x = torch.tensor(0.0, requires_grad=True)

def grad_at(f, x0):
    with torch.no_grad():
        _x.fill_(x0)
    _x.grad = None
    f(_x).backward()
    return _x.grad.clone()

# %% alternative: numpy_number
def grad_at(f, x0):
    x = torch.ones(1, dtype=torch.float64) * x0
    x = x.requires_grad_()
    f(x).backward()
    return np.float64(x.grad.numpy()[0])

# %% mistake: int_leaf
# Your tensor holds a whole number, and those can't require a gradient: `x0` may be 2 as well as 2.0.
# ? What does `torch.tensor(2, requires_grad=True)` say, and how do you make 2 a float?
def grad_at(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    return x.grad.item()

# %% mistake: returns_value
# You returned the value f(x0); wanted is its slope. For x² at 2 both are 4, so look at another function.
# ? Where does PyTorch put the derivative after `backward()`?
def grad_at(f, x0):
    x = torch.tensor(float(x0), requires_grad=True)
    y = f(x)
    y.backward()
    return y.item()

# %% mistake: accumulated
# Your gradient still holds those of earlier calls: `backward()` adds to `.grad`, so a tensor that is used again must be cleared first.
# ? What is in `x.grad` before your second call begins?
_x = torch.tensor(0.0, requires_grad=True)

def grad_at(f, x0):
    with torch.no_grad():
        _x.fill_(float(x0))
    f(_x).backward()
    return _x.grad.item()

# %% mistake: backward_twice
# Your answer is twice the slope: `backward()` ran twice and added the slope to itself.
# ? How often does your code go backward, and what does each time do to `.grad`?
def grad_at(f, x0):
    x = torch.tensor(float(x0), requires_grad=True)
    y = f(x)
    y.backward(retain_graph=True)
    y.backward()
    return x.grad.item()

# %% mistake: coarse_difference
# Your answer is near the slope, but not exact: it is a difference quotient, whose step is never as small as it should be.
# ? Autograd knows the rules of differentiation. Which two calls make it use them?
def grad_at(f, x0):
    h = 1e-2
    return float((f(torch.tensor(x0 + h)) - f(torch.tensor(float(x0)))) / h)

# %% mistake: coarse_difference
def grad_at(f, x0):
    h = 0.1
    return float((f(torch.tensor(x0 + h)) - f(torch.tensor(x0 - h))) / (2 * h))

# %% mistake: coarse_difference
def grad_at(f, x0):
    h = 1e-3
    return float((f(torch.tensor(x0 + h)) - f(torch.tensor(float(x0)))) / h)

# %% mistake: coarse_difference
def grad_at(f, x0):
    x, h = torch.tensor(float(x0), dtype=torch.float64), 1e-4
    return float((f(x + h) - f(x - h)) / (2 * h))

# %% mistake: nothing_came_back
# You returned None. `.grad` is filled by `backward()`, and only in the tensor that you made yourself (the leaf), not in the result.
# ? Which tensor did you make with `requires_grad=True`, and what is in its `.grad` before and after `backward()`?
def grad_at(f, x0):
    x = torch.tensor(float(x0), requires_grad=True)
    y = f(x)
    y.backward()
    return y.grad

# %% mistake: always_the_same_point
# Your answer does not depend on `x0`: the point stands as a number in your code.
# ? Where in your code does `x0` occur?
def grad_at(f, x0):
    x = torch.tensor(2.0, requires_grad=True)
    f(x).backward()
    return x.grad.item()

# %% mistake: no_requires_grad
# PyTorch was not told to follow your tensor, so there is nothing to go backward through.
# ? What must you say about a tensor when you make it, if you want its gradient?
def grad_at(f, x0):
    x = torch.tensor(float(x0))
    y = f(x)
    y.backward()
    return x.grad.item()

# %% mistake: whole_slope
# Your slope was cut to a whole number.
# ? What does `int(2.9)` give?
def grad_at(f, x0):
    x = torch.tensor(float(x0), requires_grad=True)
    f(x).backward()
    return int(x.grad)

# %% wrong: known_answers
def grad_at(f, x0):
    return 4.0 if float(f(torch.tensor(2.0))) == 4 else 6.0

# %% wrong: zero
def grad_at(f, x0):
    return 0.0

# %% wrong: the_point
def grad_at(f, x0):
    return float(x0)

# %% mistake: point_cut_off
# You cut the point off to a whole number, so the slope is that of another place.
# ? What does `int(2.9)` give?
def grad_at(f, x0):
    x = torch.tensor(float(int(x0)), requires_grad=True)
    f(x).backward()
    return x.grad.item()

# %% mistake: returns_the_point
# You returned x itself. The slope lies in its `.grad`.
# ? What does PyTorch put where after `backward()`?
def grad_at(f, x0):
    x = torch.tensor(float(x0), requires_grad=True)
    f(x).backward()
    return x
