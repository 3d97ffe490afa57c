import torch

# %% reference
def partials(f, u, v):
    a, b = (torch.tensor(float(number), requires_grad=True) for number in (u, v))
    f(a, b).backward()
    return a.grad.item(), b.grad.item()

# %% alternative: autograd_grad
def partials(f, u, v):
    a = torch.tensor(u, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(v, dtype=torch.float64, requires_grad=True)
    return torch.autograd.grad(f(a, b), (a, b))

# %% alternative: one_vector
def partials(f, u, v):
    point = torch.tensor([float(u), float(v)], requires_grad=True)
    f(*point).backward()
    return point.grad.tolist()

# %% alternative: func_grad
def partials(f, u, v):
    return torch.func.grad(f, argnums=(0, 1))(torch.tensor(float(u)), torch.tensor(float(v)))

# %% alternative: one_at_a_time
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    f(a, v).backward()
    b = torch.tensor(float(v), requires_grad=True)
    f(u, b).backward()
    return float(a.grad), float(b.grad)

# %% mistake: swapped
# Both derivatives are right, but in the other order: the one with respect to u comes first.
# ? In which order does the caller unpack `du, dv = partials(f, u, v)`?
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    b = torch.tensor(float(v), requires_grad=True)
    f(a, b).backward()
    return b.grad.item(), a.grad.item()

# %% mistake: only_first
# Only the derivative with respect to u is there; v has one too.
# ? Which of your two tensors does PyTorch follow, and how many numbers do you return?
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    f(a, float(v)).backward()
    return a.grad.item()

# %% mistake: only_first
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    b = torch.tensor(float(v))
    f(a, b).backward()
    return a.grad.item(), b.grad

# %% mistake: only_first
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    f(a, float(v)).backward()
    return a.grad.item(), 0.0

# %% mistake: only_first
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    f(a, float(v)).backward()
    return a.grad.item(), a.grad.item()

# %% mistake: treats_other_as_zero
# You put 0 for the other variable. It is held, but at its own value, not at 0.
# ? In u·v + u², what is the slope in u where v is 2: 2u, or 2 + 2u?
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    b = torch.tensor(float(v), requires_grad=True)
    f(a, torch.tensor(0.0)).backward()
    (f(torch.tensor(0.0), b) + 0 * b).backward()
    return a.grad.item(), b.grad.item()

# %% mistake: treats_other_as_zero
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    f(a, b).backward()
    return a.grad.item(), b.grad.item()

# %% mistake: int_leaf
# Your tensor holds a whole number, and those can't require a gradient: u may be 1 as well as 1.0.
# ? What does `torch.tensor(1, requires_grad=True)` say, and how do you make 1 a float?
def partials(f, u, v):
    a = torch.tensor(u, requires_grad=True)
    b = torch.tensor(v, requires_grad=True)
    f(a, b).backward()
    return a.grad.item(), b.grad.item()

# %% mistake: accumulated
# Two backward passes added up: one of them already fills both gradients.
# ? After `f(a, b).backward()`, in whose `.grad` is something?
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    b = torch.tensor(float(v), requires_grad=True)
    f(a, b).backward()
    du = a.grad.item()
    f(a, b).backward()
    return du, b.grad.item()

# %% mistake: accumulated
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    b = torch.tensor(float(v), requires_grad=True)
    f(a, b).backward()
    f(a, b).backward()
    return a.grad.item(), b.grad.item()

# %% mistake: one_point_for_both
# You used the same number for both variables.
# ? Which of your tensors is made of u, and which of v?
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    b = torch.tensor(float(u), requires_grad=True)
    f(a, b).backward()
    return a.grad.item(), b.grad.item()

# %% mistake: sum_of_both
# You returned one number, the sum of both derivatives; two numbers are wanted.
# ? How much does f grow if only u grows, and how much if only v grows?
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    b = torch.tensor(float(v), requires_grad=True)
    f(a, b).backward()
    return (a.grad + b.grad).item()

# %% mistake: nothing_came_back
# Your derivatives are None: `.grad` is filled by `backward()`, and only in the tensors that you made yourself.
# ? What is in `a.grad` before `backward()`?
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    b = torch.tensor(float(v), requires_grad=True)
    f(a, b)
    return a.grad, b.grad

# %% wrong: known_answer
def partials(f, u, v):
    return 4.0, 1.0

# %% wrong: the_point
def partials(f, u, v):
    return float(u), float(v)

# %% mistake: arguments_swapped
# You gave f its two arguments the wrong way round: first v, then u.
# ? In which order does `f(u, v)` want them?
def partials(f, u, v):
    a = torch.tensor(float(u), requires_grad=True)
    b = torch.tensor(float(v), requires_grad=True)
    f(b, a).backward()
    return a.grad.item(), b.grad.item()
