import math

import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% alternative: numpy
def baseline_rmse(y_train, y_test):
    return np.sqrt(np.mean((y_test.numpy() - y_train.numpy().mean()) ** 2))

def beats_baseline(pred, y_train, y_test):
    return np.sqrt(np.mean((pred.numpy() - y_test.numpy()) ** 2)) < baseline_rmse(y_train, y_test)

# %% alternative: plain_python
def rmse(errors):
    return math.sqrt(sum(e * e for e in errors) / len(errors))

def baseline_rmse(y_train, y_test):
    mean = sum(y_train.tolist()) / len(y_train)
    return rmse([y - mean for y in y_test.tolist()])

def beats_baseline(pred, y_train, y_test):
    return rmse((pred - y_test).tolist()) < baseline_rmse(y_train, y_test)

# %% alternative: constant_predictions
def baseline_rmse(y_train, y_test):
    return torch.sqrt(F.mse_loss(torch.full_like(y_test, y_train.mean().item()), y_test))

def beats_baseline(pred, y_train, y_test):
    return torch.sqrt(F.mse_loss(pred, y_test)) < baseline_rmse(y_train, y_test)

# %% alternative: plain_baseline
def baseline_rmse(y_train, y_test):
    mean = sum(y_train.tolist()) / len(y_train)
    return (sum((y - mean) ** 2 for y in y_test.tolist()) / len(y_test)) ** 0.5


def beats_baseline(pred, y_train, y_test):
    return float(((pred - y_test) ** 2).mean() ** 0.5) < baseline_rmse(y_train, y_test)

# %% mistake: uses_test_mean
# You predict the mean of the test rows. Nobody knows it before the test, so the baseline is better than it should be.
# ? Which salaries are known when the prediction is made?
def baseline_rmse(y_train, y_test):
    return (y_test - y_test.mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% mistake: uses_test_mean
def baseline_rmse(y_train, y_test):
    return y_test.std().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% mistake: spread_of_the_train_rows
# You take the deviation of the train rows. The error is one of the test rows.
# ? For which rows is the prediction made?
def baseline_rmse(y_train, y_test):
    return (y_train - y_train.mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% mistake: spread_of_the_train_rows
def baseline_rmse(y_train, y_test):
    return y_train.std().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% mistake: no_root
# The root is missing: your number is in square dollars.
# ? What does the R in RMSE stand for?
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).square().mean().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% mistake: no_root
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).square().mean().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().item() < baseline_rmse(y_train, y_test)

# %% mistake: mean_absolute_error
# You take the mean of the absolute errors. RMSE squares them first.
# ? What is the RMSE of the errors 1 and 7?
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).abs().mean().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).abs().mean().item() < baseline_rmse(y_train, y_test)

# %% mistake: median_for_mean
# You predict the median. The baseline of the squared error is the mean.
# ? Which of the two makes the sum of squares smallest?
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.median()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% mistake: the_other_way_round
# `beats_baseline` says True where the model is worse. A smaller error is better.
# ? Does an error of 0 beat the baseline?
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() > baseline_rmse(y_train, y_test)

# %% mistake: equal_beats
# A model that is just as good as the baseline does not beat it.
# ? What has a model learned whose error is the baseline's?
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() <= baseline_rmse(y_train, y_test)

# %% wrong: always_true
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return True

# %% wrong: always_false
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return False

# %% wrong: zero
def baseline_rmse(y_train, y_test):
    return 0.0

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% wrong: equal_salaries_once
def rmse(errors):
    return math.sqrt(sum(e * e for e in errors) / len(errors))

def baseline_rmse(y_train, y_test):
    mean = sum(y_train.tolist()) / len(y_train)
    return rmse({y - mean for y in y_test.tolist()})

def beats_baseline(pred, y_train, y_test):
    return rmse((pred - y_test).tolist()) < baseline_rmse(y_train, y_test)

# %% mistake: difference_of_means
# You take the difference of two means, in which errors cancel each other. RMSE squares each row's error first.
# ? What is the RMSE of the errors 5 and −5?
def baseline_rmse(y_train, y_test):
    return abs(y_test.mean() - y_train.mean()).item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% mistake: mean_of_all_rows
# You predict the mean of all rows, the test rows too. The baseline knows the train rows only.
# ? Which rows does nobody know before the test?
def baseline_rmse(y_train, y_test):
    return (y_test - torch.cat([y_train, y_test]).mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% mistake: says_zero
# You predict 0 for everyone. The baseline says the mean of the train rows.
# ? Where in your code does `y_train` occur?
def baseline_rmse(y_train, y_test):
    return y_test.square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% mistake: the_guess_itself
# You return what the baseline says; wanted is how far off it is on the test rows.
# ? Where in your code does `y_test` occur?
def baseline_rmse(y_train, y_test):
    return y_train.mean().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% mistake: two_units
# `beats_baseline` compares an error in square dollars with one in dollars: a root is missing.
# ? In which unit is each side of your comparison?
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_test).square().mean().item() < baseline_rmse(y_train, y_test)

# %% mistake: text_for_flag
# `beats_baseline` gives a text. True or False is wanted.
# ? What does a comparison such as 3 < 5 give in Python?
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return "yes" if (pred - y_test).square().mean().sqrt().item() < baseline_rmse(y_train, y_test) else "no"

# %% wrong: errors_on_the_train_rows
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return (pred - y_train[: len(pred)]).square().mean().sqrt().item() < baseline_rmse(y_train, y_test)

# %% wrong: row_by_row
def baseline_rmse(y_train, y_test):
    return (y_test - y_train.mean()).square().mean().sqrt().item()

def beats_baseline(pred, y_train, y_test):
    return bool(((pred - y_test).abs() < (y_test - y_train.mean()).abs()).all())
