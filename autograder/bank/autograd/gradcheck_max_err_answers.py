import numpy as np
import torch

# %% reference
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-5
        down[i] -= 1e-5
        slope = (f(up) - f(down)) / (2 * 1e-5)
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% alternative: unit_steps
def gradcheck_max_err(f, grad_f, x):
    x = x.to(torch.float64)
    h = 1e-6
    steps = h * torch.eye(x.numel(), dtype=x.dtype)
    slopes = torch.stack([(f(x + step) - f(x - step)) / (2 * h) for step in steps])
    return (slopes - grad_f(x)).abs().max()

# %% alternative: larger_step
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-4
        down[i] -= 1e-4
        slope = (f(up) - f(down)) / (2 * 1e-4)
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% alternative: numpy
def gradcheck_max_err(f, grad_f, x):
    point = np.asarray(x, dtype=np.float64)
    g = grad_f(torch.from_numpy(point.copy())).numpy()
    errors = []
    for i in range(point.size):
        shift = np.zeros_like(point)
        shift[i] = 1e-5
        above = float(f(torch.from_numpy(point + shift)))
        below = float(f(torch.from_numpy(point - shift)))
        errors.append(abs((above - below) / 2e-5 - g[i]))
    return np.max(errors)

# %% alternative: higher_order
def gradcheck_max_err(f, grad_f, x):
    x = x.double()
    h = 1e-3
    g = grad_f(x)
    worst = torch.zeros((), dtype=torch.float64)
    for i in range(x.shape[0]):
        e = torch.zeros_like(x)
        e[i] = h
        slope = (8 * (f(x + e) - f(x - e)) - (f(x + 2 * e) - f(x - 2 * e))) / (12 * h)
        worst = torch.maximum(worst, (slope - g[i]).abs())
    return worst.item()

# %% mistake: forward_difference
# A right gradient of a steep function gets too large an error: with a step to one side only (or a large one to both), the curve bends away from the line.
# ? Which two points lie evenly around x?
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up = x.clone()
        up[i] += 1e-5
        slope = (f(up) - f(x)) / 1e-5
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% mistake: forward_difference
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up = x.clone()
        up[i] += 1e-6
        slope = (f(up) - f(x)) / 1e-6
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% mistake: forward_difference
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up = x.clone()
        up[i] += 1e-7
        slope = (f(up) - f(x)) / 1e-7
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% mistake: forward_difference
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up = x.clone()
        up[i] += 1e-4
        slope = (f(up) - f(x)) / 1e-4
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% mistake: forward_difference
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-2
        down[i] -= 1e-2
        slope = (f(up) - f(down)) / (2 * 1e-2)
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% mistake: float32_noise
# Of two numbers that are almost equal, the difference is mostly rounding, and dividing by a tiny step makes it huge. You calculate in float32, or your step is far below 1e-5.
# ? How many digits does float32 have, and how many are left of 1000.0001 − 1000.0000?
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().float()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-5
        down[i] -= 1e-5
        slope = (f(up) - f(down)) / (2 * 1e-5)
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% mistake: float32_noise
def gradcheck_max_err(f, grad_f, x):
    x = x.detach()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-5
        down[i] -= 1e-5
        slope = (f(up) - f(down)) / (2 * 1e-5)
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% mistake: float32_noise
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().float()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-3
        down[i] -= 1e-3
        slope = (f(up) - f(down)) / (2 * 1e-3)
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% mistake: float32_noise
def gradcheck_max_err(f, grad_f, x):
    x = x.detach()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-3
        down[i] -= 1e-3
        slope = (f(up) - f(down)) / (2 * 1e-3)
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% mistake: relative_by_zero
# You divided the error by the slope. Where the slope is 0, that is no number; asked is the plain difference.
# ? What is 0 divided by 0?
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-5
        down[i] -= 1e-5
        slope = (f(up) - f(down)) / (2 * 1e-5)
        worst = max(worst, float(((slope - g[i]) / g[i]).abs().nan_to_num(float('inf'))))
    return worst

# %% mistake: relative_by_zero
def gradcheck_max_err(f, grad_f, x):
    x = x.double()
    g = grad_f(x)
    errors = []
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = 1e-5
        slope = (f(x + e) - f(x - e)) / 2e-5
        errors.append((slope - g[i]).abs() / g[i].abs())
    return torch.stack(errors).max().item()

# %% mistake: relative_by_zero
def gradcheck_max_err(f, grad_f, x):
    x = x.double()
    g = grad_f(x)
    errors = []
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = 1e-5
        slope = (f(x + e) - f(x - e)) / 2e-5
        errors.append((slope - g[i]).abs() / slope.abs())
    return torch.stack(errors).max().item()

# %% mistake: two_missing
# Your quotient is twice the slope: from x − h to x + h the way is 2h.
# ? How far apart are the two points at which you compute f?
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-5
        down[i] -= 1e-5
        slope = (f(up) - f(down)) / 1e-5
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% mistake: all_moved_at_once
# You moved all numbers of x at once, so your quotient mixes all slopes.
# ? How many numbers move in a partial derivative?
def gradcheck_max_err(f, grad_f, x):
    x = x.double()
    h = 1e-5
    slope = (f(x + h) - f(x - h)) / (2 * h)
    return (slope - grad_f(x)).abs().max().item()

# %% mistake: signed
# You took the largest error with its sign, so a gradient that is too large seems right.
# ? Which is the worse error: −0.3 or +0.05?
def gradcheck_max_err(f, grad_f, x):
    x = x.double()
    g = grad_f(x)
    errors = []
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = 1e-5
        errors.append(float((f(x + e) - f(x - e)) / 2e-5 - g[i]))
    return max(0.0, *errors)

# %% mistake: signed
def gradcheck_max_err(f, grad_f, x):
    x = x.double()
    g = grad_f(x)
    errors = []
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = 1e-5
        errors.append(float(g[i] - (f(x + e) - f(x - e)) / 2e-5))
    return max(0.0, *errors)

# %% mistake: mean_error
# You returned the mean of the errors, or their sum; wanted is the largest.
# ? If one slope in a million is wrong, how large is the mean error?
def gradcheck_max_err(f, grad_f, x):
    x = x.double()
    g = grad_f(x)
    errors = []
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = 1e-5
        errors.append(abs(float((f(x + e) - f(x - e)) / 2e-5 - g[i])))
    return sum(errors) / len(errors)

# %% mistake: mean_error
def gradcheck_max_err(f, grad_f, x):
    x = x.double()
    g = grad_f(x)
    errors = []
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = 1e-5
        errors.append(abs(float((f(x + e) - f(x - e)) / 2e-5 - g[i])))
    return sum(errors)

# %% mistake: one_place_only
# You looked at one place of x only; the others have slopes too.
# ? In which round of the loop does your function return?
def gradcheck_max_err(f, grad_f, x):
    x = x.double()
    g = grad_f(x)
    errors = []
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = 1e-5
        errors.append(abs(float((f(x + e) - f(x - e)) / 2e-5 - g[i])))
    return errors[0]

# %% mistake: one_place_only
def gradcheck_max_err(f, grad_f, x):
    x = x.double()
    g = grad_f(x)
    errors = []
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = 1e-5
        errors.append(abs(float((f(x + e) - f(x - e)) / 2e-5 - g[i])))
    return errors[-1]

# %% mistake: x_moved
# You moved x itself and did not put it back: `.double()` of a float64 tensor is the same tensor, not a copy.
# ? Which method gives you a tensor that you may change freely?
def gradcheck_max_err(f, grad_f, x):
    g = grad_f(x.double()) if x.dtype != torch.float64 else grad_f(x)
    x = x.double()
    worst = 0.0
    for i in range(len(x)):
        x[i] += 1e-5
        up = f(x)
        x[i] -= 2e-5
        down = f(x)
        worst = max(worst, abs(float((up - down) / 2e-5 - g[i])))
    return worst

# %% mistake: float32_noise
def gradcheck_max_err(f, grad_f, x):
    x = x.double()
    g = grad_f(x.float()).double()
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-5
        down[i] -= 1e-5
        worst = max(worst, abs(float((f(up.float()) - f(down.float())) / 2e-5 - g[i])))
    return worst

# %% wrong: zero
def gradcheck_max_err(f, grad_f, x):
    return 0.0

# %% wrong: autograd_only
def gradcheck_max_err(f, grad_f, x):
    return 0.0 if x.dtype == torch.float32 else 1e-9

# %% mistake: autograd_instead
# You compared with autograd; asked for is the difference quotient, which needs nothing of f but its values.
# ? What if f calculates in NumPy, where autograd can't follow it?
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double().requires_grad_()
    (slope,) = torch.autograd.grad(f(x), x)
    return (slope - grad_f(x.detach())).abs().max()

# %% wrong: remembers_the_worst
worst = 0.0

def gradcheck_max_err(f, grad_f, x):
    global worst
    x = x.detach().double()
    g = grad_f(x)
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-5
        down[i] -= 1e-5
        worst = max(worst, abs(float((f(up) - f(down)) / 2e-5 - g[i])))
    return worst

# %% wrong: grad_f_in_float32
def gradcheck_max_err(f, grad_f, x):
    g = grad_f(x)
    x = x.detach().double()
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-5
        down[i] -= 1e-5
        worst = max(worst, abs(float((f(up) - f(down)) / 2e-5 - g[i])))
    return worst

# %% mistake: quotient_near_zero
# Your quotient is 0, or nearly. Either both points are one and the same tensor (`up = x` makes no copy), or `/ 2 * h` multiplies by h.
# ? What do `up` and `down` hold when f is called, and where do the brackets of 2h stand?
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += 1e-5
        down[i] -= 1e-5
        slope = (f(up) - f(down)) / 2 * 1e-5
        worst = max(worst, abs(float(slope - g[i])))
    return worst

# %% mistake: quotient_near_zero
def gradcheck_max_err(f, grad_f, x):
    x = x.detach().double().clone()
    g = grad_f(x)
    worst = 0.0
    for i in range(len(x)):
        up = x
        up[i] += 1e-5
        down = x
        down[i] -= 1e-5
        slope = (f(up) - f(down)) / 2e-5
        worst = max(worst, abs(float(slope - g[i])))
    return worst
