import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def nll(p, y):
    log_p = torch.log(p).clamp(min=-100)
    log_q = torch.log(1 - p).clamp(min=-100)
    return -(y * log_p + (1 - y) * log_q).mean()


def nll_equals_bce():
    return True

# %% alternative: probability_of_the_answer
def nll(p, y):
    given = torch.where(y == 1, p, 1 - p)
    return torch.clamp(-torch.log(given), max=100).sum() / len(p)


nll_equals_bce = True

# %% alternative: compared
def nll(p, y):
    return -(y * torch.log(p).clamp(-100, 0) + (1 - y) * torch.log(1 - p).clamp(-100, 0)).mean()


def nll_equals_bce():
    p, y = torch.tensor([0.0, 1.0, 0.3]), torch.tensor([1.0, 1.0, 0.0])
    return (nll(p, y) - F.binary_cross_entropy(p, y)).abs() < 1e-5

# %% alternative: maximum
def nll(p, y):
    floor = torch.tensor(-100.0, device=p.device)
    logs = torch.maximum(torch.log(torch.stack([1 - p, p])), floor)
    weights = torch.stack([1 - y, y])
    return -(weights * logs).sum(dim=0).mean()


def nll_equals_bce():
    return True

# %% alternative: loop
def nll(p, y):
    total = torch.zeros((), device=p.device)
    for pi, yi in zip(p, y):
        given = pi if yi == 1 else 1 - pi
        total = total + torch.log(given).clamp(min=-100)
    return -total / len(p)


def nll_equals_bce():
    p, y = torch.tensor([0.0, 0.3, 0.9]), torch.tensor([1.0, 0.0, 1.0])
    return torch.allclose(nll(p, y), torch.tensor((100 - np.log(0.7) - np.log(0.9)) / 3).float())

# %% alternative: nan_to_num
def nll(p, y):
    log_p = p.log().nan_to_num(neginf=-100.0).clamp(-100, 0)
    log_q = (1 - p).log().nan_to_num(neginf=-100.0).clamp(-100, 0)
    return torch.mean(-torch.lerp(log_q, log_p, y))


def nll_equals_bce():
    return True

# %% mistake: sum
# You added the samples up; the mean is wanted.
# ? If every sample were there twice, should the loss double?
def nll(p, y):
    log_p = torch.log(p).clamp(min=-100)
    log_q = torch.log(1 - p).clamp(min=-100)
    return -(y * log_p + (1 - y) * log_q).sum()


def nll_equals_bce():
    return True

# %% mistake: log0
# Where a probability is 0 or 1, a logarithm is −∞, and 0 · −∞ is not a number. Cut the logarithms off at −100.
# ? What is y · ln p for y = 0 and p = 0?
def nll(p, y):
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


def nll_equals_bce():
    return True

# %% mistake: log0
def nll(p, y):
    return -torch.log(torch.where(y == 1, p, 1 - p)).mean()


def nll_equals_bce():
    return True

# %% mistake: mixed_terms
# The two terms are mixed up: ln p belongs to y = 1, and ln(1 − p) to y = 0.
# ? What should the loss be for y = 1 and p = 0.99: large or small?
def nll(p, y):
    log_p = torch.log(p).clamp(min=-100)
    log_q = torch.log(1 - p).clamp(min=-100)
    return -(y * log_q + (1 - y) * log_p).mean()


def nll_equals_bce():
    return True

# %% mistake: ones_only
# Only the samples with y = 1 count in your loss. Those with y = 0 add −ln(1 − p).
# ? What does the model lose if it says 0.99 and y is 0?
def nll(p, y):
    log_p = torch.log(p).clamp(min=-100)
    return -(y * log_p).mean()


def nll_equals_bce():
    return True

# %% mistake: sign_flipped
# Your loss is below zero: the minus sign is missing.
# ? Is ln 0.5 positive or negative?
def nll(p, y):
    log_p = torch.log(p).clamp(min=-100)
    log_q = torch.log(1 - p).clamp(min=-100)
    return (y * log_p + (1 - y) * log_q).mean()


def nll_equals_bce():
    return True

# %% mistake: log10
# You used the logarithm to base 10. Here it is the natural one.
# ? What is ln 10?
def nll(p, y):
    log_p = torch.log10(p).clamp(min=-100)
    log_q = torch.log10(1 - p).clamp(min=-100)
    return -(y * log_p + (1 - y) * log_q).mean()


def nll_equals_bce():
    return True

# %% mistake: cut_off_elsewhere
# Your loss is finite, but another number where p is 0 or 1: cut off each of the two logarithms, at −100, and neither the probabilities nor the loss.
# ? What is ln(1e-7)?
def nll(p, y):
    p = p.clamp(1e-7, 1 - 1e-7)
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


def nll_equals_bce():
    return True

# %% mistake: cut_off_elsewhere
def nll(p, y):
    p = p.clamp(1e-6, 1 - 1e-6)
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


def nll_equals_bce():
    return True

# %% mistake: cut_off_elsewhere
def nll(p, y):
    return -(y * torch.log(p + 1e-8) + (1 - y) * torch.log(1 - p + 1e-8)).mean()


def nll_equals_bce():
    return True

# %% mistake: cut_off_elsewhere
def nll(p, y):
    return -(y * torch.log(p + 1e-7) + (1 - y) * torch.log(1 - p + 1e-7)).mean()


def nll_equals_bce():
    return True

# %% mistake: takes_logits
# You took p for a score and sent it through a sigmoid. p is a probability already.
# ? What is sigmoid(0.9)?
def nll(p, y):
    return F.binary_cross_entropy_with_logits(p, y)


def nll_equals_bce():
    return True

# %% mistake: takes_logits
def nll(p, y):
    q = torch.sigmoid(p)
    return -(y * torch.log(q) + (1 - y) * torch.log(1 - q)).mean()


def nll_equals_bce():
    return True

# %% mistake: squared_error
# You give the squared error. The likelihood leads to a logarithm.
# ? What is the loss of a model that says 0 where y is 1?
def nll(p, y):
    return ((p - y) ** 2).mean()


def nll_equals_bce():
    return True

# %% mistake: not_a_mean
# You return a loss for each sample. Their mean is wanted, one number.
# ? What should be done with the losses of the samples?
def nll(p, y):
    log_p = torch.log(p).clamp(min=-100)
    log_q = torch.log(1 - p).clamp(min=-100)
    return -(y * log_p + (1 - y) * log_q)


def nll_equals_bce():
    return True

# %% mistake: says_it_differs
# The binary cross-entropy and the negative log-likelihood of yes-or-no answers are the same number, at the edges too.
# ? Print `F.binary_cross_entropy(p, y)` beside your `nll(p, y)`: where do they differ?
def nll(p, y):
    log_p = torch.log(p).clamp(min=-100)
    log_q = torch.log(1 - p).clamp(min=-100)
    return -(y * log_p + (1 - y) * log_q).mean()


def nll_equals_bce():
    return False

# %% wrong: detached_number
def nll(p, y):
    log_p = torch.log(p).clamp(min=-100)
    log_q = torch.log(1 - p).clamp(min=-100)
    return float(-(y * log_p + (1 - y) * log_q).mean())


def nll_equals_bce():
    return True

# %% wrong: calls_the_library
def nll(p, y):
    return F.binary_cross_entropy(p, y)


def nll_equals_bce():
    return True

# %% wrong: calls_the_module
def nll(p, y):
    return nn.BCELoss()(p, y)


def nll_equals_bce():
    return True

# %% wrong: constant
def nll(p, y):
    return torch.tensor(0.1643)


def nll_equals_bce():
    return True

# %% mistake: cut_off_elsewhere
def nll(p, y):
    return -(y * torch.log(p).clamp(min=-10) + (1 - y) * torch.log(1 - p).clamp(min=-10)).mean()


def nll_equals_bce():
    return True

# %% mistake: cut_off_elsewhere
def nll(p, y):
    return torch.nan_to_num(-(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean())


def nll_equals_bce():
    return True

# %% mistake: minus_for_one_term
# The minus stands before the first term only. It belongs before the sum of both: brackets are missing.
# ? Can a sample with y = 0 make the loss smaller than zero?
def nll(p, y):
    log_p, log_q = torch.log(p).clamp(min=-100), torch.log(1 - p).clamp(min=-100)
    return (-y * log_p + (1 - y) * log_q).mean()


def nll_equals_bce():
    return True

# %% mistake: log_of_mean
# You took the mean of the probabilities and then the logarithm. First each logarithm, then their mean.
# ? Is ln((a + b) / 2) the same as (ln a + ln b) / 2?
def nll(p, y):
    return -torch.log(torch.where(y == 1, p, 1 - p).mean())


def nll_equals_bce():
    return True

# %% mistake: no_logarithm
# The logarithm is missing: your loss is minus the mean of the probabilities.
# ? What should the loss be where all answers were given probability 1: 0 or −1?
def nll(p, y):
    return -torch.where(y == 1, p, 1 - p).mean()


def nll_equals_bce():
    return True

# %% mistake: text_for_flag
# `nll_equals_bce` gives a text: True and False are written without quotes.
# ? What is `bool("False")`?
def nll(p, y):
    log_p, log_q = torch.log(p).clamp(min=-100), torch.log(1 - p).clamp(min=-100)
    return -(y * log_p + (1 - y) * log_q).mean()


def nll_equals_bce():
    return "True"

# %% alternative: picked
def nll(p, y):
    given = torch.stack([1 - p, p], dim=1).gather(1, y.long().unsqueeze(1))
    return -given.log().clamp(min=-100).mean()


def nll_equals_bce():
    return True
