import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def predict(X, w, b):
    return (X * w).sum(dim=-1) + b

# %% alternative: matmul
def predict(X, w, b):
    if X.dim() == 0:
        return X * w + b
    return X @ w + b

# %% alternative: einsum
def predict(X, w, b):
    return torch.einsum("...d,d->...", torch.atleast_1d(X), torch.atleast_1d(w)) + b

# %% alternative: loop
def predict(X, w, b):
    if X.dim() < 2:
        return torch.sum(X * w) + b
    return torch.stack([torch.dot(row, w) for row in X]) + b

# %% alternative: functional
def predict(X, w, b):
    y = F.linear(torch.atleast_1d(X), torch.atleast_1d(w).unsqueeze(0), b.reshape(1))
    return y.squeeze(-1)

# %% mistake: outer_product
# Every feature was multiplied by every weight: that is an outer product. Each feature has one weight of its own.
# ? How many products are there for a sample with three features?
def predict(X, w, b):
    if X.dim() == 0:
        return X * w + b
    return X.unsqueeze(-1) * w + b

# %% mistake: outer_product
def predict(X, w, b):
    if X.dim() == 0:
        return X * w + b
    if X.dim() == 1:
        return torch.outer(X, w) + b
    return X.unsqueeze(-1) * w + b

# %% mistake: row_times_row
# The features are multiplied by their weights, but not added up: a sample gets a number for each feature.
# ? How many predictions does one sample get?
def predict(X, w, b):
    return X * w + b

# %% mistake: bias_missing
# b is left out.
# ? What should a sample of zeros be predicted as?
def predict(X, w, b):
    return (X * w).sum(dim=-1)

# %% mistake: sums_the_batch
# One number came back for the whole batch: the sum went over the samples as well.
# ? Over which dimension do you add up?
def predict(X, w, b):
    return (X * w).sum() + b

# %% mistake: sums_the_batch
def predict(X, w, b):
    if X.dim() == 0:
        return X * w + b
    return (X * w).sum(dim=0) + b

# %% mistake: bias_for_each_feature
# b is added once for each feature; it should be added once for each sample.
# ? Is b inside the sum, or behind it?
def predict(X, w, b):
    return (X * w + b).sum(dim=-1)

# %% mistake: column_output
# The predictions have one dimension too many, such as (N, 1) instead of (N,).
# ? Which shape has `X @ w` for w of shape (d,), and for w of shape (d, 1)?
def predict(X, w, b):
    return (X * w).sum(dim=-1, keepdim=True) + b if X.dim() else X * w + b

# %% mistake: refuses_a_single_number
# A single number for X stops your function: `@` and `dot` ask for at least one dimension.
# ? Which operation multiplies two numbers, and also two vectors?
def predict(X, w, b):
    return X @ w + b

# %% mistake: refuses_a_single_number
def predict(X, w, b):
    return torch.matmul(X, w) + b

# %% mistake: refuses_a_single_number
def predict(X, w, b):
    return torch.mv(X, w) + b

# %% mistake: refuses_a_single_number
def predict(X, w, b):
    return torch.dot(X, w) + b

# %% wrong: first_feature
def predict(X, w, b):
    return X[..., 0] * w[0] + b if X.dim() else X * w + b

# %% wrong: through_numpy
def predict(X, w, b):
    return torch.tensor((X.numpy() * w.numpy()).sum(-1) + b.numpy())

# %% wrong: constant
def predict(X, w, b):
    return b

# %% mistake: mean_of_the_products
# You took the mean of the products; w · x is their sum.
# ? What is (1, 2) · (3, 4)?
def predict(X, w, b):
    return (X * w).mean(dim=-1) + b

# %% mistake: step_kept
# You return the answer of a perceptron, 0 or 1. A line leaves the step out.
# ? Is the price of a crate a yes or no?
def predict(X, w, b):
    return ((X * w).sum(dim=-1) + b > 0).float()

# %% mistake: bias_subtracted
# You subtract b; it is added.
# ? What does the line give for x = 0?
def predict(X, w, b):
    return (X * w).sum(dim=-1) - b
