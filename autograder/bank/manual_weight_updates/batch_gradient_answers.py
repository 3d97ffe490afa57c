import numpy as np
import torch
from torch import nn

# %% reference
def batch_gradient(X, y, w, b, idx=None):
    if idx is not None:
        X, y = X[idx], y[idx]
    r = X @ w + b - y
    return 2 * X.T @ r / len(y), 2 * r.mean()

# %% alternative: autograd
def batch_gradient(X, y, w, b, idx=None):
    if idx is not None:
        X, y = X[idx], y[idx]
    w = w.clone().requires_grad_()
    b = b.clone().requires_grad_()
    nn.functional.mse_loss(X @ w + b, y).backward()
    return w.grad, b.grad

# %% alternative: loop
def batch_gradient(X, y, w, b, idx=None):
    chosen = range(len(X)) if idx is None else [int(i) for i in idx]
    dw, db = torch.zeros_like(w), 0.0
    for i in chosen:
        r = float(torch.dot(X[i], w) + b - y[i])
        dw += 2 * r * X[i]
        db += 2 * r
    return dw / len(chosen), db / len(chosen)

# %% alternative: numpy
def batch_gradient(X, y, w, b, idx=None):
    X, y, w = (np.asarray(t, dtype=np.float64) for t in (X, y, w))
    if idx is not None:
        X, y = X[np.asarray(idx)], y[np.asarray(idx)]
    r = X @ w + float(b) - y
    return np.einsum("n,nd->d", 2 * r, X) / len(r), np.mean(2 * r)

# %% alternative: functional
def batch_gradient(X, y, w, b, idx=None):
    rows = slice(None) if idx is None else idx
    def mse(w, b):
        return (X[rows] @ w + b).sub(y[rows]).square().mean()
    return torch.func.grad(mse, argnums=(0, 1))(w, b)

# %% alternative: bias_shaped_one
def batch_gradient(X, y, w, b, idx=None):
    if idx is not None:
        X, y = X[idx, :], y[idx]
    A = torch.cat([X, torch.ones(len(X), 1)], 1)
    g = 2 * A.T @ (A @ torch.cat([w, b.reshape(1)]) - y) / len(X)
    return [g[:-1], g[-1:]]

# %% mistake: sum_not_mean
# Your gradient, dw or db or both, is that of the sum of the squared errors: N times too large for the mean.
# ? If every sample were there twice, should the gradient double?
def batch_gradient(X, y, w, b, idx=None):
    if idx is not None:
        X, y = X[idx], y[idx]
    r = X @ w + b - y
    return 2 * X.T @ r, 2 * r.sum()

# %% mistake: factor_two_missing
# Your gradient, dw or db or both, is half of what it should be: the derivative of r² is 2 · r.
# ? What is d(r²)/dr: r, or 2 · r?
def batch_gradient(X, y, w, b, idx=None):
    if idx is not None:
        X, y = X[idx], y[idx]
    r = X @ w + b - y
    return X.T @ r / len(y), r.mean()

# %% mistake: sum_not_mean
def batch_gradient(X, y, w, b, idx=None):
    if idx is not None:
        X, y = X[idx], y[idx]
    r = X @ w + b - y
    return 2 * X.T @ r, 2 * r.mean()

# %% mistake: sum_not_mean
def batch_gradient(X, y, w, b, idx=None):
    if idx is not None:
        X, y = X[idx], y[idx]
    r = X @ w + b - y
    return 2 * X.T @ r / len(y), 2 * r.sum()

# %% mistake: factor_two_missing
def batch_gradient(X, y, w, b, idx=None):
    if idx is not None:
        X, y = X[idx], y[idx]
    r = X @ w + b - y
    return 2 * X.T @ r / len(y), r.mean()

# %% mistake: factor_two_missing
def batch_gradient(X, y, w, b, idx=None):
    if idx is not None:
        X, y = X[idx], y[idx]
    r = X @ w + b - y
    return X.T @ r / len(y), 2 * r.mean()

# %% mistake: sign
# Your gradient has the wrong sign: it points downhill.
# ? If all predictions are too high, should the derivative with respect to b be positive or negative?
def batch_gradient(X, y, w, b, idx=None):
    if idx is not None:
        X, y = X[idx], y[idx]
    r = y - X @ w - b
    return 2 * X.T @ r / len(y), 2 * r.mean()

# %% mistake: ignores_idx
# Your gradient is that of all samples, also where `idx` names only some of them.
# ? Where does `idx` appear in your function?
def batch_gradient(X, y, w, b, idx=None):
    r = X @ w + b - y
    return 2 * X.T @ r / len(y), 2 * r.mean()

# %% mistake: divides_by_all
# You divided by the number of all samples, where only those of `idx` are in the mean.
# ? If `idx` names one sample, by which number do you divide?
def batch_gradient(X, y, w, b, idx=None):
    n = len(y)
    if idx is not None:
        X, y = X[idx], y[idx]
    r = X @ w + b - y
    return 2 * X.T @ r / n, 2 * r.sum() / n

# %% wrong: no_bias
def batch_gradient(X, y, w, b, idx=None):
    r = X @ w - y
    return 2 * X.T @ r / len(y), 2 * r.mean()

# %% wrong: zeros
def batch_gradient(X, y, w, b, idx=None):
    return torch.zeros_like(w), torch.zeros_like(b)
