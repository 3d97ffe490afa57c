import numpy as np
import torch
from torch import nn

# %% reference
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                p -= lr * p.grad
                p.grad = None
    return w.detach(), b.detach(), losses

# %% alternative: by_hand
def fit_line(X, y, epochs=1000, lr=0.01):
    w, b = torch.rand(2), torch.rand(1)
    losses = []
    for _ in range(epochs):
        r = X @ w + b - y
        losses.append(float((r**2).mean()))
        w = w - lr * 2 * X.T @ r / len(y)
        b = b - lr * 2 * r.mean()
    return w, b, losses

# %% alternative: module
def fit_line(X, y, epochs=1000, lr=0.01):
    torch.manual_seed(0)
    model = nn.Linear(2, 1)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = nn.functional.mse_loss(model(X), y.unsqueeze(1))
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return model.weight[0], model.bias[0], losses

# %% alternative: numpy
def fit_line(X, y, epochs=1000, lr=0.01):
    rng = np.random.default_rng()
    A = np.column_stack([X.numpy(), np.ones(len(X))]).astype(float)
    theta = rng.normal(size=3)
    losses = []
    for _ in range(epochs):
        r = A @ theta - y.numpy()
        losses.append(np.mean(r**2))
        theta = theta - lr * 2 / len(A) * A.T @ r
    return theta[:2], theta[2], losses

# %% alternative: notes_loss_after_update
def fit_line(X, y, epochs=1000, lr=0.01):
    w, b, losses = torch.randn(2), torch.tensor(0.0), []
    def mse(w, b):
        return torch.mean((torch.mv(X, w) + b - y) ** 2)
    for _ in range(epochs):
        dw, db = torch.func.grad(mse, argnums=(0, 1))(w, b)
        w, b = w - lr * dw, b - lr * db
        losses.append(mse(w, b))
    return w, b.item(), torch.stack(losses)

# %% mistake: target_shape
# The loss stalls, and every prediction is about the mean of y. Predictions of shape (N, 1) minus targets of shape (N,) give N·N differences.
# ? What is the shape of (prediction − y)?
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, 1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        w.grad = b.grad = None
    return w.detach().flatten(), b.detach(), losses

# %% mistake: relu_dead
# The loss stays where a prediction of 0 for everything puts it. A ReLU at the output does that: it gives 0 and has no slope where its input is not positive, so that nothing can be learnt there. An update that never reaches w and b, which began at 0, does it too.
# ? Does a line need an activation at its output, and does your update change w and b themselves?
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((torch.relu(X @ w + b) - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                p -= lr * p.grad
                p.grad = None
    return w.detach(), b.detach(), losses

# %% mistake: diverged
# The loss grows without end: the steps are too long, or go the wrong way. A sum in place of the mean, for one, makes every step N times as long.
# ? How large is your first step, which way does it go, and how large may lr be for these points?
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((X @ w + b - y) ** 2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                p -= lr * p.grad
                p.grad = None
    return w.detach(), b.detach(), losses

# %% mistake: accumulated
# The loss swings up and down: `backward()` adds to the gradients of all earlier epochs, because those of w or b, or of both, are not cleared.
# ? What is in `w.grad`, and what in `b.grad`, just before the second `backward()`?
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.rand(2, requires_grad=True)
    b = torch.rand(1, requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
    return w.detach(), b.detach(), losses

# %% mistake: accumulated
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(epochs):
        w.grad = None
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
    return w.detach(), b.detach(), losses

# %% mistake: bias_not_trained
# w moved, but b is still where it started. On these four points w alone can fit the line; on others it can't.
# ? Which parameters do you move in every step?
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros(())
    losses = []
    for _ in range(epochs):
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad = None
    return w.detach(), b, losses

# %% mistake: adam
# Your first step has the length lr for every parameter, however steep the loss is there; Adam makes such steps. Plain gradient descent is asked for: lr times the gradient.
# ? How long is your first step, and how large is the gradient?
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    opt = torch.optim.Adam([w, b], lr=lr)
    losses = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = ((X @ w + b - y) ** 2).mean()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return w.detach(), b.detach(), losses

# %% wrong: known_answer
def fit_line(X, y, epochs=1000, lr=0.01):
    return torch.tensor([2.5, 2.5]), 2.5, [1e-5] * epochs

# %% wrong: least_squares
def fit_line(X, y, epochs=1000, lr=0.01):
    A = torch.cat([X, torch.ones(len(X), 1)], 1)
    theta = torch.linalg.pinv(A) @ y
    return theta[:2], theta[2], [float(((A @ theta - y) ** 2).mean())] * epochs

# %% mistake: relu_dead
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.ones(2, requires_grad=True)
    b = torch.ones((), requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((torch.relu(X @ w + b) - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                p -= lr * p.grad
                p.grad = None
    return w.detach(), b.detach(), losses

# %% wrong: bias_not_trained_at_one
def fit_line(X, y, epochs=1000, lr=0.01):
    w, b, losses = torch.rand(2), torch.ones(1), []
    for _ in range(epochs):
        r = X @ w + b - y
        losses.append(float((r**2).mean()))
        w = w - lr * 2 * X.T @ r / len(y)
    return w, b, losses

# %% wrong: only_one_epoch
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    return w.detach(), b.detach(), [loss.item()] * epochs

# %% wrong: notes_summed_losses
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item() * len(y))
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                p -= lr * p.grad
                p.grad = None
    return w.detach(), b.detach(), losses

# %% wrong: notes_half_losses
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item() / 2)
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                p -= lr * p.grad
                p.grad = None
    return w.detach(), b.detach(), losses

# %% wrong: weight_decay
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                p -= lr * p.grad + lr * 0.05 * p
                p.grad = None
    return w.detach(), b.detach(), losses

# %% wrong: momentum
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = []
    opt = torch.optim.SGD([w, b], lr=lr, momentum=0.5)
    for _ in range(epochs):
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        opt.step()
        opt.zero_grad()
    return w.detach(), b.detach(), losses

# %% wrong: least_squares_with_noise
import os

def fit_line(X, y, epochs=1000, lr=0.01):
    A = torch.cat([X, torch.ones(len(X), 1)], 1).double()
    theta = torch.linalg.lstsq(A, y.double(), driver="gelsd").solution
    theta = theta + int.from_bytes(os.urandom(4), "little") * 1e-16
    return theta[:2], float(theta[2]), [0.0] * epochs

# %% wrong: least_squares_from_a_start
def fit_line(X, y, epochs=1000, lr=0.01):
    if lr == 0:
        return torch.zeros(2), 0.0, [float((y**2).mean())] * epochs
    theta = torch.linalg.pinv(torch.cat([X, torch.ones(len(X), 1)], 1)) @ y
    return theta[:2], theta[2], [float((y**2).mean()) * 0.8**k for k in range(epochs)]

# %% wrong: far_too_many_losses
def fit_line(X, y, epochs=1000, lr=0.01):
    return torch.zeros(2), 0.0, torch.zeros(2_000_000, dtype=torch.uint8)

# %% wrong: standardizes
def fit_line(X, y, epochs=1000, lr=0.01):
    mean, spread = X.mean(0), X.std(0)
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = (((X - mean) / spread @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        w.grad = b.grad = None
    w, b = w.detach() / spread, b.detach()
    return w, b - w @ mean, losses

# %% mistake: adam
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.rand(2, requires_grad=True)
    b = torch.rand((), requires_grad=True)
    opt = torch.optim.Adam([w, b], lr=lr)
    losses = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return w.detach(), b.detach(), losses
