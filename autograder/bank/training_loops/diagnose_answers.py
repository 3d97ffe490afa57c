import math

import numpy as np
import torch

# %% reference
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% alternative: numpy
def diagnose(history):
    t, v = np.array(history["train"], dtype=float), np.array(history["val"], dtype=float)
    b = history["baseline"]
    rules = [
        ("diverged", not np.isfinite(t[-1]) or t[-1] > t[0]),
        ("leak", v[-1] < b / 100),
        ("underfit", t[-1] / b > 0.8),
        ("overfit", v[-1] / v.min() > 1.3),
        ("noisy", np.mean(np.diff(v) > 0) >= 0.4),
        ("good", True),
    ]
    return next(word for word, holds in rules if holds)

# %% alternative: torch
def diagnose(history):
    train, val = torch.tensor(history["train"]), torch.tensor(history["val"])
    base = history["baseline"]
    if torch.isnan(train[-1]) or torch.isinf(train[-1]) or train[-1] > train[0]:
        word = "diverged"
    elif val[-1] < 0.01 * base:
        word = "leak"
    elif train[-1] > 0.8 * base:
        word = "underfit"
    elif val[-1] > 1.3 * val.min():
        word = "overfit"
    elif (val.diff() > 0).float().mean() >= 0.4:
        word = "noisy"
    else:
        word = "good"
    return word

# %% alternative: counting_loop
def diagnose(history):
    first, last = history["train"][0], history["train"][-1]
    val = history["val"]
    if last != last or last == math.inf or last > first:
        return "diverged"
    if val[-1] / history["baseline"] < 0.01:
        return "leak"
    if last / history["baseline"] > 0.8:
        return "underfit"
    lowest, up = val[0], 0
    for i in range(1, len(val)):
        lowest = min(lowest, val[i])
        if val[i] > val[i - 1]:
            up += 1
    if val[-1] > lowest * 1.3:
        return "overfit"
    return "noisy" if up / (len(val) - 1) >= 0.4 else "good"

# %% mistake: last_value_only
# You look at the last values alone. What happened on the way, the lowest validation loss and the rises, tells overfitting and noise.
# ? Which number in your rules comes from the middle of the curve?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * train[-1]:
        return "overfit"
    if False:
        return "noisy"
    return "good"

# %% mistake: last_value_only
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > train[-1] * 1.3:
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: last_value_only
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > train[-1]:
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: train_only
# You look at the train losses alone. A run that learns its rows by heart looks perfect there.
# ? Which of the six words need the validation loss?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(train, train[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if train[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if train[-1] > 1.3 * min(train):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: nan_is_not_seen
# A run that ends in NaN is not called diverged: every comparison with NaN is false.
# ? What does `float('nan') > 1` say?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: overfit_before_underfit
# The rules are asked in another order. A model that has learned nothing has nothing to overfit with: the upper rule counts.
# ? Which rule stands above the other in the list?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: noisy_before_overfit
# You ask for noise before overfitting. The list has them in the other order, and the upper rule counts.
# ? Which rule stands above the other in the list?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    return "good"

# %% mistake: ignores_baseline
# The baseline is not used: your bounds are fixed numbers, or compare with the first loss. In other units they say something else.
# ? What becomes of your rule if all losses are in cents instead of dollars?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01:
        return "leak"
    if train[-1] > 0.8:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: never_a_leak
# A validation loss that is a hundred times below the baseline is called good. It is too good to be true.
# ? What would you look for in the table if a model predicts salaries to the dollar?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: counts_falls
# You count the epochs in which the validation loss falls. Noise shows in the rises.
# ? Does a good run fall or rise in most of its epochs?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after < before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% wrong: always_good
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    return "good"
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% wrong: other_words
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfitting"
    if val[-1] > 1.3 * min(val):
        return "overfitting"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% wrong: prints
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    print("good")

# %% mistake: just_enough_is_not_noisy
# A run in which just 0.4 of the pairs rise was not noisy for you; the rule says "at least 0.4".
# ? Which comparison means "at least"?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises > 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: best_epoch_counts_as_leak
# You looked at the lowest validation loss; the rule for a leak looks at the last one.
# ? In which epoch was the loss too good, and in which does the rule look?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if min(val) < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% wrong: leak_without_the_baseline
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    return "noisy" if rises >= 0.4 * (len(val) - 1) else "good"

# %% wrong: epochs_for_pairs
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after >= before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    return "noisy" if rises >= 0.4 * (len(val) - 2) else "good"

# %% mistake: compared_with_the_first
# For overfitting you compare the last validation loss with the first one; the lowest is meant.
# ? Where is the lowest validation loss of a run that learned something?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * val[0]:
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: infinity_is_not_seen
# A run that ends with an infinite train loss is not called diverged where the first loss was infinite too.
# ? What does `math.isfinite` say of NaN, and what of infinity?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if math.isnan(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: nan_is_not_seen
# NaN is not even equal to itself.
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if train[-1] == float("nan") or train[-1] == float("inf") or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: validation_for_diverged
# For "diverged" you look at the validation losses; the rule asks about the train losses.
# ? Which list does the first rule name?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(val[-1]) or val[-1] > val[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: validation_for_underfit
# For "underfit" you look at the validation loss; the rule asks about the train loss.
# ? Which list does the third rule name?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if val[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return "good"

# %% mistake: the_last_rule_counts
# All rules are asked, and the last one that holds wins. The word of the first one is wanted.
# ? What do `return` and `elif` do that `if` after `if` does not?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    word = "good"
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        word = "diverged"
    if val[-1] < 0.01 * baseline:
        word = "leak"
    if train[-1] > 0.8 * baseline:
        word = "underfit"
    if val[-1] > 1.3 * min(val):
        word = "overfit"
    if sum(after > before for before, after in zip(val, val[1:])) >= 0.4 * (len(val) - 1):
        word = "noisy"
    return word

# %% mistake: capitals
# Your words have capital letters; they are wanted as the table writes them.
# ? Is "Good" the same text as "good" for Python?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "Diverged"
    if val[-1] < 0.01 * baseline:
        return "Leak"
    if train[-1] > 0.8 * baseline:
        return "Underfit"
    if val[-1] > 1.3 * min(val):
        return "Overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "Noisy"
    return "Good"

# %% mistake: nothing_for_good
# Where no rule holds your function returns None; the word is "good".
# ? What does a function return that comes to its end without `return`?
def diagnose(history):
    train, val, baseline = history["train"], history["val"], history["baseline"]
    rises = sum(after > before for before, after in zip(val, val[1:]))
    if not math.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverged"
    if val[-1] < 0.01 * baseline:
        return "leak"
    if train[-1] > 0.8 * baseline:
        return "underfit"
    if val[-1] > 1.3 * min(val):
        return "overfit"
    if rises >= 0.4 * (len(val) - 1):
        return "noisy"
    return None
