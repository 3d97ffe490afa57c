import numpy as np
import torch
from torch import nn

# %% reference
def max_stable_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype, device=X.device)], dim=1)
    H = 2 / len(A) * A.T @ A
    return 2 / torch.linalg.eigvalsh(H).max().item()

# %% alternative: numpy
def max_stable_lr(X):
    A = np.column_stack([np.asarray(X, dtype=np.float64), np.ones(len(X))])
    return 2 / np.linalg.eigvalsh(2 * A.T @ A / len(A))[-1]

# %% alternative: singular_values
def max_stable_lr(X):
    A = torch.hstack((X, torch.ones(X.shape[0], 1)))
    return len(X) / torch.linalg.matrix_norm(A, ord=2) ** 2

# %% alternative: hessian_of_the_loss
def max_stable_lr(X):
    y = torch.zeros(len(X))
    def mse(theta):
        return ((X @ theta[:-1] + theta[-1] - y) ** 2).mean()
    H = torch.autograd.functional.hessian(mse, torch.zeros(X.shape[1] + 1))
    return float(2 / torch.linalg.eigvals(H).real.max())

# %% alternative: power_iteration
def max_stable_lr(X):
    A = np.hstack([X.numpy().astype(float), np.ones((len(X), 1))])
    v = np.arange(1.0, A.shape[1] + 1)
    for _ in range(2000):
        v = A.T @ (A @ v) * 2 / len(A)
        size = np.linalg.norm(v)
        v = v / size
    return 2 / size

# %% alternative: one_number_in_a_vector
def max_stable_lr(X):
    A = nn.functional.pad(X.double(), (0, 1), value=1.0)
    return 2 / torch.linalg.eigvalsh(2 * A.T @ A / len(A))[-1:]

# %% mistake: no_bias_column
# Your Hessian is that of a line without a bias: X lacks its column of ones.
# ? How many parameters does the line have, and how many rows has your Hessian?
def max_stable_lr(X):
    H = 2 / len(X) * X.T @ X
    return 2 / torch.linalg.eigvalsh(H).max().item()

# %% mistake: factor_two_missing
# Your answer is twice too large: the derivative of a square brings a factor 2 into the Hessian.
# ? What is the second derivative of (w·x − y)² with respect to w?
def max_stable_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    H = A.T @ A / len(A)
    return 2 / torch.linalg.eigvalsh(H).max().item()

# %% mistake: trace_not_eigenvalue
# You divided by the sum of all eigenvalues (the trace), where the largest one alone sets the limit.
# ? Along which direction does gradient descent explode first?
def max_stable_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    H = 2 / len(A) * A.T @ A
    return 2 / torch.trace(H).item()

# %% mistake: one_over_lambda
# Your answer is half the limit: at 1/λ a step along that direction lands on the minimum at once, which is still stable.
# ? For which lr is 1 − lr · λ equal to −1?
def max_stable_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    H = 2 / len(A) * A.T @ A
    return 1 / torch.linalg.eigvalsh(H).max().item()

# %% wrong: known_answer
def max_stable_lr(X):
    return 0.0193395

# %% wrong: smallest_eigenvalue
def max_stable_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    return 2 / torch.linalg.eigvalsh(2 / len(A) * A.T @ A).min().item()

# %% mistake: sum_not_mean
# Your answer is N times too small: it is the limit for the sum of the squared errors, not for their mean.
# ? If every sample were there twice, should the limit change?
def max_stable_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    return 2 / torch.linalg.eigvalsh(2 * A.T @ A).max().item()
