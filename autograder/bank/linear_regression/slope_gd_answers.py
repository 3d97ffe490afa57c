import numpy as np
import torch

# %% reference
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).mean()))
        w = w - lr * float((2 * r * x).mean())
        ws.append(w)
    return ws, losses

# %% alternative: autograd
def slope_gd(x, y, w0, lr, steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses = [], []
    for _ in range(steps):
        loss = torch.nn.functional.mse_loss(w * x, y)
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            w -= lr * w.grad
        w.grad = None
        ws.append(w.item())
    return ws, losses

# %% alternative: numpy
def slope_gd(x, y, w0, lr, steps):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    ws, losses = np.zeros(steps), np.zeros(steps)
    w = w0
    for t in range(steps):
        losses[t] = np.mean((y - w * x) ** 2)
        w += lr * 2 * np.mean((y - w * x) * x)
        ws[t] = w
    return ws, losses

# %% alternative: closed_form
def slope_gd(x, y, w0, lr, steps):
    a, c = (x * x).mean().double(), (x * y).mean().double()
    w = w0
    all_w = [w0]
    for _ in range(steps):
        w = w * (1 - 2 * lr * a) + 2 * lr * c
        all_w.append(w)
    losses = [((v * x - y) ** 2).mean() for v in all_w[:-1]]
    return torch.stack(all_w[1:]), torch.stack(losses)

# %% alternative: optimizer
def slope_gd(x, y, w0, lr, steps):
    w = torch.nn.Parameter(torch.tensor([w0]))
    opt = torch.optim.SGD([w], lr=lr)
    ws, losses = [], []
    for _ in range(steps):
        opt.zero_grad()
        loss = ((x * w - y) ** 2).sum() / len(x)
        loss.backward()
        opt.step()
        losses.append(loss.detach())
        ws.append(w.detach().clone())
    return tuple(ws), tuple(losses)

# %% mistake: half_gradient
# Your steps are half as long as they should be: the derivative of r² is 2 · r.
# ? What is d(r²)/dr: r, or 2 · r?
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).mean()))
        w = w - lr * float((r * x).mean())
        ws.append(w)
    return ws, losses

# %% mistake: sum_not_mean
# You took the sum over the points where the mean is wanted: the steps, or the losses, or both are N times too large.
# ? If every point were there twice, should the step double?
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).sum()))
        w = w - lr * float((2 * r * x).sum())
        ws.append(w)
    return ws, losses

# %% mistake: sum_not_mean
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).mean()))
        w = w - lr * float((2 * r * x).sum())
        ws.append(w)
    return ws, losses

# %% mistake: sum_not_mean
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).sum()))
        w = w - lr * float((2 * r * x).mean())
        ws.append(w)
    return ws, losses

# %% mistake: losses_after_update
# Your losses are those after each step. The first loss should be that of w0, before anything moved.
# ? With which w is your first loss computed?
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        w = w - lr * float((2 * r * x).mean())
        ws.append(w)
        losses.append(float(((w * x - y) ** 2).mean()))
    return ws, losses

# %% mistake: slopes_before_update
# Your slopes are those before each step: they begin with w0, and the last one is missing.
# ? Is w0 the slope after the first step?
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        ws.append(w)
        losses.append(float((r**2).mean()))
        w = w - lr * float((2 * r * x).mean())
    return ws, losses

# %% mistake: one_too_many
# There is one slope or loss too many: as many as steps are wanted.
# ? How many slopes are there after one step, not counting w0?
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [w0], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).mean()))
        w = w - lr * float((2 * r * x).mean())
        ws.append(w)
    return ws, losses

# %% mistake: one_too_many
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [w0], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).mean()))
        w = w - lr * float((2 * r * x).mean())
        ws.append(w)
    losses.append(float(((w * x - y) ** 2).mean()))
    return ws, losses

# %% mistake: ascent
# Your slope moves uphill: the loss grows with every step.
# ? Which sign stands before `lr`?
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).mean()))
        w = w + lr * float((2 * r * x).mean())
        ws.append(w)
    return ws, losses

# %% mistake: accumulated
# The first step is right, the next ones are too long: `backward()` adds each gradient to all earlier ones.
# ? What is in `w.grad` just before your second `backward()`?
def slope_gd(x, y, w0, lr, steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses = [], []
    for _ in range(steps):
        loss = ((w * x - y) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            w -= lr * w.grad
        ws.append(w.item())
    return ws, losses

# %% mistake: input_forgotten
# Your gradient is the mean of 2 · r: that is the derivative for a bias. For the slope each residual is times its x.
# ? What is the derivative of (w · x − y)² with respect to w?
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).mean()))
        w = w - lr * float((2 * r).mean())
        ws.append(w)
    return ws, losses

# %% mistake: start_ignored
# Your slope does not begin at w0.
# ? Where does `w0` appear in your function?
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = 0.0, [], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).mean()))
        w = w - lr * float((2 * r * x).mean())
        ws.append(w)
    return ws, losses

# %% mistake: returns_in_the_first_round
# Only one step was made: your function returns inside its loop.
# ? How far is your `return` indented?
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).mean()))
        w = w - lr * float((2 * r * x).mean())
        ws.append(w)
        return ws, losses

# %% mistake: same_tensor_again
# All your slopes are the same number, the last one: the list holds one and the same tensor again and again, which is changed in place.
# ? What is in the list after a second step: two numbers, or one tensor twice?
def slope_gd(x, y, w0, lr, steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses = [], []
    for _ in range(steps):
        loss = ((w * x - y) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            w -= lr * w.grad
        w.grad = None
        ws.append(w.detach())
    return ws, losses

# %% wrong: visible_values
def slope_gd(x, y, w0, lr, steps):
    return [-5.7977, -4.1181, -3.4469, -3.1786], [147.07993, 23.49354, 3.75282, 0.59946]

# %% wrong: least_squares
def slope_gd(x, y, w0, lr, steps):
    w = float((x * y).sum() / (x * x).sum())
    return [w] * steps, [float(((w * x - y) ** 2).mean())] * steps

# %% mistake: half_loss
# Your losses are half of the mean squared error. Some books halve it so that the 2 of the derivative goes away; here it is not halved.
# ? What does the text divide the sum of the squares by?
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).mean() / 2))
        w = w - lr * float((2 * r * x).mean())
        ws.append(w)
    return ws, losses

# %% mistake: half_loss
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for _ in range(steps):
        r = w * x - y
        losses.append(float((r**2).mean() / 2))
        w = w - lr * float((r * x).mean())
        ws.append(w)
    return ws, losses

# %% mistake: one_sample_a_step
# Each of your steps looks at one sample. The derivative is the mean over all of them.
# ? How many numbers does the mean of 2 · (w · x − y) · x go over?
def slope_gd(x, y, w0, lr, steps):
    w, ws, losses = w0, [], []
    for k in range(steps):
        losses.append(float(((w * x - y) ** 2).mean()))
        i = k % len(x)
        w = w - lr * float(2 * (w * x[i] - y[i]) * x[i])
        ws.append(w)
    return ws, losses
