import math

import numpy as np
import torch


# %% reference
def gd_quadratic(lam, w0, lr, steps):
    return w0 * (1 - lr * lam) ** steps


# %% alternative: loop
def gd_quadratic(lam, w0, lr, steps):
    w = w0
    for _ in range(steps):
        w = w - lr * lam * w
    return w


# %% alternative: autograd
def gd_quadratic(lam, w0, lr, steps):
    w = torch.tensor(w0, dtype=torch.float64, requires_grad=True)
    for _ in range(steps):
        loss = lam / 2 * w**2
        (slope,) = torch.autograd.grad(loss, w)
        w = (w - lr * slope).detach().requires_grad_()
    return w.item()


# %% alternative: optimizer
def gd_quadratic(lam, w0, lr, steps):
    w = torch.tensor([w0], dtype=torch.float64, requires_grad=True)
    opt = torch.optim.SGD([w], lr=lr)
    for _ in range(steps):
        opt.zero_grad()
        (0.5 * lam * w * w).sum().backward()
        opt.step()
    return float(w)


# %% alternative: numpy
def gd_quadratic(lam, w0, lr, steps):
    return np.prod([np.float64(w0)] + [1 - lr * lam] * steps)


# %% alternative: single_precision
def gd_quadratic(lam, w0, lr, steps):
    w = torch.tensor(w0)
    for _ in range(steps):
        w -= lr * lam * w
    return w


# %% mistake: half_lambda
# Your steps are half as long as they should be: the ½ in λ/2 · w² went into the derivative a second time, or the 2 that w² gives was forgotten.
# ? What is the derivative of w², and what is left of λ/2 times it?
def gd_quadratic(lam, w0, lr, steps):
    return w0 * (1 - lr * lam / 2) ** steps


# %% mistake: double_lambda
# Your steps are twice as long as they should be: you derived λ · w², but the parabola is λ/2 · w².
# ? Which number stands before w² in the statement, and what does the 2 from the derivative make of it?
def gd_quadratic(lam, w0, lr, steps):
    return w0 * (1 - 2 * lr * lam) ** steps


# %% mistake: off_by_one
# Your answer is one step away from the right one: one step too many, or one too few.
# ? How often does your code move w when `steps` is 1?
def gd_quadratic(lam, w0, lr, steps):
    return w0 * (1 - lr * lam) ** (steps + 1)


# %% mistake: off_by_one
def gd_quadratic(lam, w0, lr, steps):
    w = w0
    for _ in range(1, steps):
        w = w - lr * lam * w
    return w


# %% mistake: off_by_one
def gd_quadratic(lam, w0, lr, steps):
    return w0 * (1 - lr * lam) ** (steps - 1)


# %% mistake: one_step
# You made one step, however many were asked for.
# ? In which round of the loop does your function return, and where is `steps` used?
def gd_quadratic(lam, w0, lr, steps):
    return w0 - lr * lam * w0


# %% mistake: one_step
def gd_quadratic(lam, w0, lr, steps):
    w = w0
    for _ in range(steps):
        w = w - lr * lam * w
        return w


# %% mistake: ascent
# Your w climbs the parabola: the step was added.
# ? Does the gradient point uphill or downhill?
def gd_quadratic(lam, w0, lr, steps):
    return w0 * (1 + lr * lam) ** steps


# %% mistake: straight_line
# All your steps have the length of the first one: the slope was taken at w0 each time.
# ? How steep is the parabola once w has moved?
def gd_quadratic(lam, w0, lr, steps):
    return w0 * (1 - lr * lam * steps)


# %% mistake: exponential
# That is the smooth decay e^(−lr·λ·t), which gradient descent comes near only for tiny steps.
# ? What is the factor of one single step: 1 − lr · λ or e^(−lr · λ)?
def gd_quadratic(lam, w0, lr, steps):
    return w0 * math.exp(-lr * lam * steps)


# %% mistake: lr_missing
# The learning rate does not appear in your steps.
# ? Where does `lr` stand in your update?
def gd_quadratic(lam, w0, lr, steps):
    return w0 * (1 - lam) ** steps


# %% mistake: lam_missing
# λ does not appear in your steps: the slope at w is λ · w, not w.
# ? What is the slope of a parabola that is twice as steep?
def gd_quadratic(lam, w0, lr, steps):
    return w0 * (1 - lr) ** steps


# %% mistake: constant_slope
# You walked along a slope of λ, as if the loss were a straight line: the slope at w is λ · w.
# ? How steep is the parabola at its lowest point?
def gd_quadratic(lam, w0, lr, steps):
    return w0 - lr * lam * steps


# %% mistake: returns_loss
# That is the height of the parabola, λ/2 · w²; wanted is w itself.
# ? Which of the two does the statement ask for?
def gd_quadratic(lam, w0, lr, steps):
    return lam / 2 * (w0 * (1 - lr * lam) ** steps) ** 2


# %% mistake: returns_the_way
# A list of all the stations came back; wanted is the last w alone.
# ? Which element of your list is the answer?
def gd_quadratic(lam, w0, lr, steps):
    return [w0 * (1 - lr * lam) ** t for t in range(steps + 1)]


# %% wrong: the_example
def gd_quadratic(lam, w0, lr, steps):
    return 0.512


# %% wrong: prints
def gd_quadratic(lam, w0, lr, steps):
    print(w0 * (1 - lr * lam) ** steps)


# %% wrong: never_crosses_zero
def gd_quadratic(lam, w0, lr, steps):
    return w0 * abs(1 - lr * lam) ** steps


# %% wrong: stays
def gd_quadratic(lam, w0, lr, steps):
    return w0

# %% mistake: slope_is_the_loss
# You step along the loss itself, λ/2 · w². The slope of it is λ · w.
# ? What is the derivative of w²?
def gd_quadratic(lam, w0, lr, steps):
    w = w0
    for _ in range(steps):
        w = w - lr * lam / 2 * w**2
    return w

# %% mistake: times_the_steps
# You multiply by the number of steps. The factor 1 − lr · λ is used once for every step, so it gets the power of their number.
# ? What is left of 1 after two steps that halve it?
def gd_quadratic(lam, w0, lr, steps):
    return w0 * (1 - lr * lam) * steps

# %% wrong: refuses_to_grow
def gd_quadratic(lam, w0, lr, steps):
    w = w0
    for _ in range(steps):
        w = w - lr * lam * w
        if abs(w) > 1000:
            raise ValueError("it runs away")
    return w
