import math
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def label_floor(y):
    p = y.float().mean().item()
    if p in (0.0, 1.0):
        return 0.0
    return -(p * math.log(p) + (1 - p) * math.log(1 - p))


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% alternative: by_bce
def label_floor(y):
    y = y.float().reshape(-1)
    return F.binary_cross_entropy(torch.full_like(y, y.mean().item()), y)

learnable_quiz = lambda: dict(bump="signal", shuffled="no signal", sum_rule="signal", coin_labels="no signal")

# %% alternative: xlogy
def label_floor(y):
    p = y.double().mean()
    return float(-(torch.xlogy(p, p) + torch.xlogy(1 - p, 1 - p)))


def learnable_quiz():
    quiz = dict.fromkeys(["coin_labels", "shuffled"], "no signal")
    quiz.update(dict.fromkeys(["sum_rule", "bump"], "signal"))
    return quiz

# %% alternative: numpy_counts
def label_floor(y):
    counts = np.unique(np.asarray(y).astype(int).ravel(), return_counts=True)[1]
    shares = counts / counts.sum()
    return np.abs((shares * np.log(shares)).sum())


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% alternative: special_entropy
def label_floor(y):
    p = (y == 1).float().mean()
    return torch.special.entr(torch.stack([p, 1 - p])).sum()


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: ln2_always
# The answer is ln 2 = 0.6931 whatever the share of ones is; that is the floor only where half of the labels are ones.
# ? With 3 ones in 10, would you guess 0.5 for everyone, or something better?
def label_floor(y):
    return math.log(2)


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: ln2_always
def label_floor(y):
    return math.log(2) if 0 < y.float().mean() < 1 else 0.0


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: in_bits
# The floor is counted in bits, with logarithms to the base 2; BCELoss counts in nats, with natural logarithms.
# ? For labels half and half, is your floor 1 or 0.6931, and what would BCELoss show there?
def label_floor(y):
    p = y.float().mean().item()
    if p in (0.0, 1.0):
        return 0.0
    return -(p * math.log2(p) + (1 - p) * math.log2(1 - p))


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: log_of_zero
# Where all labels are alike, no floor came back: the formula takes the logarithm of 0.
# ? If every label is a 1, what would you answer for everyone, and how large is the loss then?
def label_floor(y):
    p = y.float().mean()
    return -(p * p.log() + (1 - p) * (1 - p).log()).item()


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: log_of_zero
def label_floor(y):
    p = y.float().mean().item()
    return -(p * math.log(p) + (1 - p) * math.log(1 - p))


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: says_learnable
# The quiz says that labels can be learned which were drawn by coin flips, or shuffled. Such labels know nothing of the points; they can at most be learned by heart.
# ? How would the network do on fresh points, whose labels are drawn in the same way?
def label_floor(y):
    p = y.float().mean().item()
    if p in (0.0, 1.0):
        return 0.0
    return -(p * math.log(p) + (1 - p) * math.log(1 - p))


def learnable_quiz():
    return {"coin_labels": "signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: says_learnable
def label_floor(y):
    p = y.float().mean().item()
    if p in (0.0, 1.0):
        return 0.0
    return -(p * math.log(p) + (1 - p) * math.log(1 - p))


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "signal"}

# %% mistake: one_term_only
# Only the ones are counted: the term of the zeros, (1 − p) ln (1 − p), is missing.
# ? How much do the zeros add to the loss?
def label_floor(y):
    p = y.float().mean().item()
    return -p * math.log(p) if p else 0.0


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: surprise_of_one_class
# That is the surprise at one of the two labels alone; the floor is the mean over all labels.
# ? How often is each of the two surprises felt?
def label_floor(y):
    p = y.float().mean().item()
    return -math.log(p) if 0 < p < 1 else 0.0


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: surprise_of_one_class
def label_floor(y):
    p = y.float().mean().item()
    return -math.log(max(p, 1 - p))


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: share_not_loss
# That is a share of labels, not a loss: no logarithm is in it.
# ? Which function turns a probability into a loss?
def label_floor(y):
    p = y.float().mean().item()
    return min(p, 1 - p)


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: small_number_added
# A number was added inside the logarithm, which changes the floor everywhere. Only labels that are all alike need care.
# ? For which p is the logarithm a problem?
def label_floor(y):
    p = y.float().mean().item()
    return -(p * math.log(p + 1e-3) + (1 - p) * math.log(1 - p + 1e-3))


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "signal", "shuffled": "no signal"}

# %% mistake: bump_cannot_be_learned
# The quiz says that a bump, or the rule of the sum, cannot be learned. A suitable network finds both: you build them in questions 6 and 8.
# ? Does the label hang on the position?
def label_floor(y):
    p = y.float().mean().item()
    return -(p * math.log(p) + (1 - p) * math.log(1 - p)) if 0 < p < 1 else 0.0


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "signal", "bump": "no signal", "shuffled": "no signal"}

# %% mistake: bump_cannot_be_learned
def label_floor(y):
    p = y.float().mean().item()
    return -(p * math.log(p) + (1 - p) * math.log(1 - p)) if 0 < p < 1 else 0.0


def learnable_quiz():
    return {"coin_labels": "no signal", "sum_rule": "no signal", "bump": "signal", "shuffled": "no signal"}
