import math

import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return std * error.square().mean().sqrt().item()

# %% alternative: back_to_dollars_first
def rmse_usd(pred_scaled, y_scaled, mean, std):
    total, rows = 0.0, 0
    for p, y in zip(pred_scaled, y_scaled):
        dollars = (p.double() * std + mean) - (y.double() * std + mean)
        total += (dollars ** 2).sum().item()
        rows += len(y)
    return math.sqrt(total / rows)

# %% alternative: numpy
def rmse_usd(pred_scaled, y_scaled, mean, std):
    p = np.concatenate([t.numpy() for t in pred_scaled]).astype(np.float64)
    y = np.concatenate([t.numpy() for t in y_scaled]).astype(np.float64)
    return np.sqrt(np.mean((p - y) ** 2)) * std

# %% alternative: plain_python
def rmse_usd(pred_scaled, y_scaled, mean, std):
    errors = [a - b for p, y in zip(pred_scaled, y_scaled) for a, b in zip(p.tolist(), y.tolist())]
    return std * (sum(e * e for e in errors) / len(errors)) ** 0.5

# %% alternative: tensor_out
def rmse_usd(pred_scaled, y_scaled, mean, std):
    return F.mse_loss(torch.cat(pred_scaled), torch.cat(y_scaled)) ** 0.5 * std

# %% mistake: scaled_units
# Your error is in standard deviations, not in dollars. 0.8 says nothing to somebody who is paid.
# ? By what was a salary divided when it was scaled?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return error.square().mean().sqrt().item()

# %% mistake: mean_of_batch_rmse
# You take the mean of the batches' errors. The root of a mean is not the mean of roots, and the small last batch counts too much.
# ? What is √((1 + 49) / 2), and what is (1 + 7) / 2?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    errors = [(p - y).square().mean().sqrt().item() for p, y in zip(pred_scaled, y_scaled)]
    return std * sum(errors) / len(errors)

# %% mistake: mean_of_batch_rmse
def rmse_usd(pred_scaled, y_scaled, mean, std):
    errors = [(p - y).square().mean().item() for p, y in zip(pred_scaled, y_scaled)]
    return std * (sum(errors) / len(errors)) ** 0.5

# %% mistake: mean_of_batch_rmse
def rmse_usd(pred_scaled, y_scaled, mean, std):
    total, rows = 0.0, 0
    for p, y in zip(pred_scaled, y_scaled):
        total += (p - y).square().mean().sqrt().item() * len(y)
        rows += len(y)
    return std * total / rows

# %% mistake: variance_for_std
# You multiply by the square of the standard deviation, or by its root. The error was divided by the deviation itself.
# ? If salaries are in dollars, what unit does std² have?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return std**2 * error.square().mean().sqrt().item()

# %% mistake: variance_for_std
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return std * error.square().mean().item()

# %% mistake: variance_for_std
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return (std * error.square().mean()).sqrt().item()

# %% mistake: adds_the_mean
# You add the mean to the error. A difference of two salaries does not change when both are shifted.
# ? What is (a + mean) − (b + mean)?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return std * error.square().mean().sqrt().item() + mean

# %% mistake: mean_absolute_error
# You take the mean of the absolute errors. RMSE squares, takes the mean, and then the root: large errors count more.
# ? What is the RMSE of the errors 1 and 7?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return std * error.abs().mean().item()

# %% mistake: no_root
# The root is missing: your number is in square dollars.
# ? What does the R in RMSE stand for?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = std * (torch.cat(pred_scaled) - torch.cat(y_scaled)).double()
    return error.square().mean().item()

# %% mistake: last_batch_only
# Only the last batch is used.
# ? How many rows does your number speak of?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    for p, y in zip(pred_scaled, y_scaled):
        error = p - y
    return std * error.square().mean().sqrt().item()

# %% mistake: sum_for_mean
# You add up the squares and do not divide by the number of rows.
# ? What would your number be for a table of twice as many rows?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return std * error.square().sum().sqrt().item()

# %% wrong: first_batch
def rmse_usd(pred_scaled, y_scaled, mean, std):
    return std * (pred_scaled[0] - y_scaled[0]).square().mean().sqrt().item()

# %% wrong: the_deviation
def rmse_usd(pred_scaled, y_scaled, mean, std):
    return std

# %% wrong: divides
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return error.square().mean().sqrt().item() / std

# %% wrong: list_of_errors
def rmse_usd(pred_scaled, y_scaled, mean, std):
    return [std * (p - y).square().mean().sqrt().item() for p, y in zip(pred_scaled, y_scaled)]

# %% mistake: mean_of_one_side
# The mean is added to one side only: predictions and salaries must both be scaled back in the same way.
# ? What is the error of a prediction that is just right, in your code?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    pred, y = torch.cat(pred_scaled) * std + mean, torch.cat(y_scaled) * std
    return (pred - y).square().mean().sqrt().item()

# %% mistake: scaled_once_more
# You scaled once more instead of scaling back: salary = z · std + mean.
# ? How does one get from z = (salary − mean) / std to the salary?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    pred, y = (torch.cat(pred_scaled) - mean) / std, (torch.cat(y_scaled) - mean) / std
    return (pred - y).square().mean().sqrt().item()

# %% mistake: errors_cancel
# The mean is taken before the square: errors of 1 and −1 cancel each other.
# ? What is the mean of 1 and −1, and what that of their squares?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return std * error.mean().square().sqrt().item()

# %% mistake: spread_of_the_errors
# You take the spread of the errors about their mean, or divide by n − 1. RMSE measures them from 0 and divides by n.
# ? What is the RMSE of the errors 2 and 2, and what their deviation?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return std * error.std().item()

# %% mistake: spread_of_the_errors
def rmse_usd(pred_scaled, y_scaled, mean, std):
    error = torch.cat(pred_scaled) - torch.cat(y_scaled)
    return std * (error.square().sum() / (len(error) - 1)).sqrt().item()

# %% mistake: divided_by_batches
# You divided the sum of the squares by the number of batches; the number of rows is wanted.
# ? What is `len(pred_scaled)`, and how many rows are there?
def rmse_usd(pred_scaled, y_scaled, mean, std):
    total = sum((p - y).square().sum() for p, y in zip(pred_scaled, y_scaled))
    return std * (total / len(pred_scaled)).sqrt().item()
