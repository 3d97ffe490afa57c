import numpy as np
import torch

# %% reference
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y.sum().backward()
    return x.detach(), y.detach(), x.grad

# %% alternative: autograd_grad
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n).requires_grad_(True)
    y = f(x)
    dy = torch.autograd.grad(y, x, grad_outputs=torch.ones_like(y))[0]
    return x.detach().clone(), y.detach().clone(), dy

# %% alternative: numpy
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n)
    x.requires_grad = True
    y = f(x)
    y.backward(torch.ones(n))
    return x.detach().numpy(), y.detach().numpy(), x.grad.numpy()

# %% alternative: point_by_point
def curve(f, lo, hi, n):
    xs = torch.linspace(lo, hi, n)
    ys, slopes = [], []
    for number in xs:
        leaf = number.clone().requires_grad_()
        y = f(leaf)
        y.backward()
        ys.append(y.detach())
        slopes.append(leaf.grad)
    return [xs, torch.stack(ys), torch.stack(slopes)]

# %% alternative: vmap
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n)
    with torch.no_grad():
        y = f(x)
    return x, y, torch.func.vmap(torch.func.grad(f))(x)

# %% alternative: own_spacing
def curve(f, lo, hi, n):
    x = (lo + (hi - lo) * torch.arange(n, dtype=torch.float32) / (n - 1)).requires_grad_()
    y = f(x)
    torch.sum(y).backward()
    return x.data, y.data, x.grad.data

# %% mistake: backward_on_vector
# PyTorch stops: `backward()` starts from one number, and y has many.
# ? Which one number can you make of all y, so that the slope for each x is still that of its own y?
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y.backward()
    return x.detach(), y.detach(), x.grad

# %% mistake: non_leaf_grad_none
# The slopes are None: gradients are kept only for the tensor that you asked for them, the leaf. What is made of it is another tensor.
# ? What is `x.is_leaf`, and which of your lines made this x?
def curve(f, lo, hi, n):
    x = torch.linspace(0, 1, n, requires_grad=True) * (hi - lo) + lo
    y = f(x)
    y.sum().backward()
    return x.detach(), y.detach(), x.grad

# %% mistake: non_leaf_grad_none
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y.sum().backward()
    return x.detach(), y.detach(), y.grad

# %% mistake: mean_scaled
# Your slopes are n times too small: you went backward from the mean of y, which divides each slope by n.
# ? By what does a mean differ from a sum?
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y.mean().backward()
    return x.detach(), y.detach(), x.grad

# %% mistake: keeps_graph
# The numbers are right, but x or y still hangs on the graph: NumPy and matplotlib refuse such a tensor.
# ? Which method gives you the same numbers without the graph?
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y.sum().backward()
    return x, y, x.grad

# %% mistake: keeps_graph
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y.sum().backward()
    return x.detach(), y, x.grad

# %% mistake: keeps_graph
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    (dy,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    return x, y, dy

# %% mistake: another_order
# The three tensors came back in another order: x first, then y, then dy.
# ? How does the caller unpack them?
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y.sum().backward()
    return x.detach(), x.grad, y.detach()

# %% mistake: steps_not_points
# Your x are not n points from lo to hi, both included: `arange` leaves the end out.
# ? What do `torch.arange(0, 4, 1)` and `torch.linspace(0, 4, 5)` give?
def curve(f, lo, hi, n):
    x = torch.arange(lo, hi, (hi - lo) / n, dtype=torch.float32)[:n].requires_grad_()
    y = f(x)
    y.sum().backward()
    return x.detach(), y.detach(), x.grad

# %% mistake: steps_not_points
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n + 1).requires_grad_()
    y = f(x)
    y.sum().backward()
    return x.detach(), y.detach(), x.grad

# %% mistake: differences
# Your slopes are differences of neighbours. They are near the slope, but not exact, and the ends are worse.
# ? Autograd knows the slope at each point exactly. From which number should `backward()` start?
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n)
    y = f(x)
    return x, y, torch.gradient(y, spacing=(x,))[0]

# %% mistake: differences
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n)
    y = f(x)
    return x, y, (y[1:] - y[:-1]) / (x[1:] - x[:-1])

# %% mistake: accumulated
# Your slopes are twice as large as they should be: `backward()` ran twice, and each time adds to `.grad`.
# ? How often does your code go backward?
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y.sum().backward(retain_graph=True)
    y.sum().backward()
    return x.detach(), y.detach(), x.grad

# %% mistake: no_requires_grad
# PyTorch was not told to follow x, so there is nothing to go backward through.
# ? What must you say when you make x?
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n)
    y = f(x)
    y.sum().backward()
    return x, y, x.grad

# %% mistake: only_the_slope
# Only one of the three came back: x, y and dy are wanted.
# ? How many things stand behind your `return`?
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    f(x).sum().backward()
    return x.grad

# %% wrong: parabola_only
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n)
    return x, x ** 2, 2 * x

# %% wrong: zeros
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n)
    return x, f(x), torch.zeros(n)

# %% mistake: autograd_off
# The three are right, but autograd stays switched off after your function, for everybody: the next training stops with an error.
# ? What ends at the end of a `with` block, and does not after a plain call?
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y.sum().backward()
    torch.set_grad_enabled(False)
    return x.detach(), y.detach(), x.grad

# %% mistake: slope_of_one_y
# You went backward from one of the y only, so the slopes of all other places are 0.
# ? Which one number depends on all y?
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y[-1].backward()
    return x.detach(), y.detach(), x.grad

# %% mistake: slope_of_one_y
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y[0].backward()
    return x.detach(), y.detach(), x.grad

# %% mistake: slope_of_one_y
def curve(f, lo, hi, n):
    x = torch.linspace(lo, hi, n, requires_grad=True)
    y = f(x)
    y.max().backward()
    return x.detach(), y.detach(), x.grad
