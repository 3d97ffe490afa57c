import numpy as np
import torch

# %% reference
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std

# %% alternative: with_n_minus_1
def standardise(train, test):
    mean, std = train.mean(0), train.std(0)
    std[std == 0] = 1
    return (train - mean) / std, (test - mean) / std

# %% alternative: numpy
def standardise(train, test):
    a, b = train.numpy(), test.numpy()
    mean, std = a.mean(axis=0), a.std(axis=0)
    std = np.where(std == 0, 1, std).astype(np.float32)
    return torch.from_numpy((a - mean) / std), torch.from_numpy((b - mean) / std)

# %% alternative: column_by_column
def standardise(train, test):
    new_train, new_test = train.clone(), test.clone()
    for j in range(train.shape[1]):
        values = train[:, j].tolist()
        mean = sum(values) / len(values)
        std = (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5
        if std == 0:
            std = 1.0
        new_train[:, j] = (train[:, j] - mean) / std
        new_test[:, j] = (test[:, j] - mean) / std
    return new_train, new_test

# %% alternative: only_where_it_varies
def standardise(train, test):
    mean, std = torch.mean(train, 0, keepdim=True), torch.std(train, 0, keepdim=True)
    std = torch.where(std < 1e-8, 1.0, std)
    return (train - mean) / std, (test - mean) / std

# %% mistake: fit_on_all
# Mean and deviation come from train and test rows together. So the test rows have told your model something before the test.
# ? Which rows would you have if the test were next year?
def standardise(train, test):
    both = torch.cat([train, test])
    mean, std = both.mean(dim=0), both.std(dim=0)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std

# %% mistake: fit_on_all
def standardise(train, test):
    both = torch.cat([train, test])
    mean, std = both.mean(dim=0), both.std(dim=0, unbiased=False)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std

# %% mistake: fit_on_test
# The test rows were standardised by their own mean and deviation. A new row must be treated as the train rows were, even if it comes alone.
# ? What are the mean and the deviation of a single row?
def standardise(train, test):
    def scaled(rows):
        std = rows.std(dim=0)
        return (rows - rows.mean(dim=0)) / torch.where(std == 0, torch.ones_like(std), std)
    return scaled(train), scaled(test)

# %% mistake: fit_on_test
def standardise(train, test):
    def scaled(rows):
        std = rows.std(dim=0, unbiased=False)
        return (rows - rows.mean(dim=0)) / torch.where(std == 0, torch.ones_like(std), std)
    return scaled(train), scaled(test)

# %% mistake: fit_on_test
def standardise(train, test):
    mean, std = test.mean(dim=0), test.std(dim=0, unbiased=False)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std

# %% mistake: fit_on_test
def standardise(train, test):
    mean, std = test.mean(dim=0), test.std(dim=0)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std

# %% mistake: divide_by_zero
# A constant column has the deviation 0, and you divide by it: NaN or infinity, which spreads through the whole network.
# ? What is 0 / 0 in torch?
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False)
    return (train - mean) / std, (test - mean) / std

# %% mistake: divide_by_zero
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    return (train - mean) / std, (test - mean) / std

# %% mistake: tiny_divisor
# A constant column is divided by a tiny number. Where a test row differs there, it becomes gigantic.
# ? What is (4 − 3) / 0.00000001?
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False) + 1e-8
    return (train - mean) / std, (test - mean) / std

# %% mistake: tiny_divisor
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0) + 1e-8
    return (train - mean) / std, (test - mean) / std

# %% mistake: tiny_divisor
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0).clamp_min(1e-8)
    return (train - mean) / std, (test - mean) / std

# %% mistake: tiny_divisor
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False).clamp_min(1e-8)
    return (train - mean) / std, (test - mean) / std

# %% mistake: tiny_divisor
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0) + 1e-6
    return (train - mean) / std, (test - mean) / std

# %% mistake: tiny_divisor
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False) + 1e-6
    return (train - mean) / std, (test - mean) / std

# %% mistake: tiny_divisor
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    std = torch.where(std == 0, torch.full_like(std, 1e-3), std)
    return (train - mean) / std, (test - mean) / std

# %% mistake: tiny_divisor
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False)
    std = torch.where(std == 0, torch.full_like(std, 1e-3), std)
    return (train - mean) / std, (test - mean) / std

# %% mistake: tiny_divisor
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    std = torch.where(std == 0, torch.full_like(std, 1e-6), std)
    return (train - mean) / std, (test - mean) / std

# %% mistake: tiny_divisor
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False)
    std = torch.where(std == 0, torch.full_like(std, 1e-6), std)
    return (train - mean) / std, (test - mean) / std

# %% mistake: one_mean_for_all
# One mean and one deviation serve the whole table. Each column is measured in its own unit, so each needs its own.
# ? What does `train.mean()` give, and what `train.mean(dim=0)`?
def standardise(train, test):
    return (train - train.mean()) / train.std(), (test - train.mean()) / train.std()

# %% mistake: one_mean_for_all
def standardise(train, test):
    mean, std = train.mean(), train.std(unbiased=False)
    return (train - mean) / std, (test - mean) / std

# %% mistake: variance_for_std
# You divide by the variance. The standard deviation is its square root.
# ? In which unit is the variance of a length?
def standardise(train, test):
    mean, var = train.mean(dim=0), train.var(dim=0, unbiased=False)
    var = torch.where(var == 0, torch.ones_like(var), var)
    return (train - mean) / var, (test - mean) / var

# %% mistake: variance_for_std
def standardise(train, test):
    mean, var = train.mean(dim=0), train.var(dim=0)
    var = torch.where(var == 0, torch.ones_like(var), var)
    return (train - mean) / var, (test - mean) / var

# %% mistake: no_centring
# The mean is not subtracted, so the columns are not around 0.
# ? What should the mean of each train column be afterwards?
def standardise(train, test):
    std = train.std(dim=0, unbiased=False)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return train / std, test / std

# %% mistake: no_centring
def standardise(train, test):
    std = train.std(dim=0)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return train / std, test / std

# %% mistake: changes_the_input
# The tables that were given are changed in place. Whoever called your function still needs them.
# ? What is the difference between `train -= mean` and `train = train - mean`?
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False)
    std = torch.where(std == 0, torch.ones_like(std), std)
    train -= mean
    train /= std
    test -= mean
    test /= std
    return train, test

# %% mistake: changes_the_input
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    std = torch.where(std == 0, torch.ones_like(std), std)
    train -= mean
    train /= std
    test -= mean
    test /= std
    return train, test

# %% mistake: min_max
# The columns are squeezed between 0 and 1. Standardising means: mean 0 and standard deviation 1.
# ? What are the mean and the deviation of your columns?
def standardise(train, test):
    low, high = train.min(dim=0).values, train.max(dim=0).values
    width = torch.where(high == low, torch.ones_like(high), high - low)
    return (train - low) / width, (test - low) / width

# %% mistake: test_left_as_it_was
# The test table came back unchanged. It needs the same treatment, by the numbers of the train rows.
# ? What would a model that knows only small numbers make of large ones?
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (train - mean) / std, test

# %% mistake: test_left_as_it_was
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (train - mean) / std, test

# %% mistake: rows_for_columns
# You took mean and deviation of each row. Each column has its own.
# ? Which dimension is dropped by `mean(dim=0)`, and which by `mean(dim=1)`?
def standardise(train, test):
    def scaled(rows):
        return (rows - rows.mean(dim=1, keepdim=True)) / rows.std(dim=1, keepdim=True)
    return scaled(train), scaled(test)

# %% mistake: rows_for_columns
def standardise(train, test):
    def scaled(rows):
        return (rows - rows.mean(dim=1, keepdim=True)) / rows.std(dim=1, keepdim=True, unbiased=False)
    return scaled(train), scaled(test)

# %% wrong: one_table
def standardise(train, test):
    return (train - train.mean(dim=0)) / train.std(dim=0)

# %% wrong: forgets_return
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    train, test = (train - mean) / std, (test - mean) / std

# %% wrong: unchanged
def standardise(train, test):
    return train, test

# %% mistake: not_divided
# You take the mean away and do not divide by the deviation.
# ? What deviation have the columns after your function?
def standardise(train, test):
    mean = train.mean(dim=0)
    return train - mean, test - mean

# %% mistake: divides_before_subtracting
# `x - mean / std` divides the mean alone. Brackets hold the difference together.
# ? What is computed first in `a - b / c`?
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return train - mean / std, test - mean / std

# %% mistake: divides_before_subtracting
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return train - mean / std, test - mean / std

# %% mistake: tables_swapped
# You return the test table first. The train table comes first, then the test table.
# ? In which order does the question want the pair?
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (test - mean) / std, (train - mean) / std

# %% mistake: tables_swapped
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (test - mean) / std, (train - mean) / std

# %% mistake: repairs_the_quotient
# You divide by 0 and mend the result with `nan_to_num`. Only 0/0 is NaN; a test value divided by 0 is infinite, and becomes a huge number.
# ? What should the divisor of a constant column be, before you divide?
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    return ((train - mean) / std).nan_to_num(), ((test - mean) / std).nan_to_num()

# %% mistake: repairs_the_quotient
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False)
    return ((train - mean) / std).nan_to_num(), ((test - mean) / std).nan_to_num()

# %% mistake: changes_the_input
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    std[std == 0] = 1
    train -= mean
    train /= std
    test -= mean
    test /= std
    return train, test
# %% mistake: changes_the_input
def standardise(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, unbiased=False)
    std[std == 0] = 1
    train -= mean
    train /= std
    test -= mean
    test /= std
    return train, test

