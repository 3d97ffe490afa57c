import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% alternative: functional
def multi_output(X, W, b):
    return F.linear(X, W, b)


def cost_quiz(pred, target):
    total = F.mse_loss(pred, target, reduction="sum")
    mean = F.mse_loss(pred, target)
    return {"mean": mean, "sum": total, "per_sample": total / len(pred), "lr_ratio": float(total / mean)}

# %% alternative: numpy
def multi_output(X, W, b):
    return np.einsum("nd,kd->nk", X.numpy(), W.numpy()) + b.numpy()


def cost_quiz(pred, target):
    d = np.asarray(pred, dtype=float) - np.asarray(target, dtype=float)
    n, k = d.shape
    return dict(mean=np.mean(d**2), sum=np.sum(d**2), per_sample=np.sum(d**2) / n, lr_ratio=n * k)

# %% alternative: loops
def multi_output(X, W, b):
    columns = [(X * W[k]).sum(dim=1) + b[k] for k in range(len(b))]
    return torch.stack(columns, dim=1)


def cost_quiz(pred, target):
    total = 0.0
    for row, wanted in zip(pred.tolist(), target.tolist()):
        for p, t in zip(row, wanted):
            total += (p - t) ** 2
    n, k = pred.shape
    return {"lr_ratio": n * k, "mean": total / (n * k), "sum": total, "per_sample": total / n}

# %% mistake: mean_equals_sum
# You take the mean and the sum for the same thing. The sum is N · D times the mean, and so are the steps of gradient descent.
# ? How large is the sum of the four squares 1, 4, 9 and 16, and how large is their mean?
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.mean().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": 1,
    }

# %% mistake: mean_equals_sum
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": 1,
    }

# %% mistake: mean_equals_sum
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.sum().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% mistake: mean_equals_sum
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.mean().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% mistake: W_in_out
# You multiply by W as it is, as if it were (inputs, outputs). It is (outputs, inputs), as in nn.Linear.
# ? Which shape has `W.T`?
def multi_output(X, W, b):
    return X @ W + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% mistake: W_in_out
def multi_output(X, W, b):
    return torch.mm(X, W) + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% mistake: W_in_out
def multi_output(X, W, b):
    return X @ W.reshape(W.shape[1], W.shape[0]) + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% mistake: bias_missing
# The bias is left out.
# ? What should a row of zeros give?
def multi_output(X, W, b):
    return X @ W.T


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% mistake: turned_output
# The outputs lie on their side: a row for each output. A row for each sample is wanted.
# ? Which shape should come out for 5 samples and 2 outputs?
def multi_output(X, W, b):
    return (W @ X.T + b.unsqueeze(1)).T.reshape(len(b), len(X))


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% mistake: turned_output
def multi_output(X, W, b):
    return W @ X.T + b.unsqueeze(1)


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% mistake: ratio_is_rows
# Your lr_ratio counts the samples only, or the outputs only. The mean divides by both: by N · D.
# ? By how many numbers does the mean divide?
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": len(pred),
    }

# %% mistake: ratio_is_rows
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": pred.shape[1],
    }

# %% mistake: ratio_upside_down
# Your lr_ratio is upside down: the step with the sum is the longer one.
# ? Which step is longer, that with the sum or that with the mean?
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": 1 / squares.numel(),
    }

# %% mistake: per_sample_is_per_output
# Your per_sample adds up each column and averages over the outputs. It should add up each row and average over the rows.
# ? Which dimension holds the outputs of one sample?
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=0).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% mistake: no_squares
# Your costs are those of the absolute differences. They should be squared.
# ? What does the S in MSE stand for?
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target).abs()
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% mistake: root
# You took a root: that is the RMSE. The cost here is the mean of the squares itself.
# ? Which letter of RMSE is not in MSE?
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().sqrt().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% wrong: visible_values
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    return {"mean": 7.5, "sum": 30.0, "per_sample": 15.0, "lr_ratio": 4}

# %% wrong: first_output
def multi_output(X, W, b):
    return (X @ W[0] + b[0]).unsqueeze(1).expand(-1, len(b))


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% wrong: nothing
def multi_output(X, W, b):
    return X


def cost_quiz(pred, target):
    return {}

# %% mistake: biases_added_up
# You add the sum of all biases to every output. Each output has its own.
# ? Which number of b belongs to the second output?
def multi_output(X, W, b):
    return X @ W.T + b.sum()


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": squares.mean().item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }

# %% mistake: mean_over_rows_only
# Your mean divides by the number of rows. `nn.MSELoss()` divides by the number of all the squares, rows times columns.
# ? How many squared errors are there in a table of N rows and D columns?
def multi_output(X, W, b):
    return X @ W.T + b


def cost_quiz(pred, target):
    squares = (pred - target) ** 2
    return {
        "mean": (squares.sum() / len(squares)).item(),
        "sum": squares.sum().item(),
        "per_sample": squares.sum(dim=1).mean().item(),
        "lr_ratio": squares.numel(),
    }
