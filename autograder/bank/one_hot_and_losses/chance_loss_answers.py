import math
import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def chance_loss(k):
    return math.log(k)

def is_better_than_chance(loss, k):
    return loss < chance_loss(k)

# %% alternative: numpy
def chance_loss(k):
    return -np.log(1 / k)

def is_better_than_chance(loss, k):
    return np.less(loss, np.log(k))

# %% alternative: by_the_loss
def chance_loss(k):
    return F.cross_entropy(torch.zeros(1, k), torch.tensor([0]))

def is_better_than_chance(loss, k):
    return bool(loss < chance_loss(k))

# %% alternative: torch_scalar
def chance_loss(k):
    return torch.log(torch.tensor(float(k)))

def is_better_than_chance(loss, k):
    return torch.tensor(loss) < chance_loss(k)

# %% alternative: perplexity
def chance_loss(k):
    return sum(-1 / k * math.log(1 / k) for _ in range(k))

def is_better_than_chance(loss, k):
    return True if math.exp(loss) < k else False

# %% mistake: one_over_k
# You took the probability 1/k itself for the loss of guessing; that loss is minus its logarithm.
# ? Should guessing cost more or less when there are more classes?
def chance_loss(k):
    return 1 / k

def is_better_than_chance(loss, k):
    return loss < chance_loss(k)

# %% mistake: log2
# Your logarithm has base 2 (a loss in bits); cross-entropy uses the natural logarithm.
# ? Which of `math.log`, `math.log2` and `math.log10` is the natural one?
def chance_loss(k):
    return math.log2(k)

def is_better_than_chance(loss, k):
    return loss < chance_loss(k)

# %% mistake: log10
# Your logarithm has base 10; cross-entropy uses the natural logarithm.
# ? Which of `math.log`, `math.log2` and `math.log10` is the natural one?
def chance_loss(k):
    return math.log10(k)

def is_better_than_chance(loss, k):
    return loss < chance_loss(k)

# %% mistake: negative
# Your answer is negative: ln(1/k) still needs the minus of the loss.
# ? Which sign has the logarithm of a number between 0 and 1?
def chance_loss(k):
    return math.log(1 / k)

def is_better_than_chance(loss, k):
    return loss < chance_loss(k)

# %% mistake: wrong_class_probability
# Your answer is −ln(1 − 1/k), which is the loss of the probability that guessing is wrong.
# ? Which probability does guessing give the true class?
def chance_loss(k):
    return -math.log(1 - 1 / k)

def is_better_than_chance(loss, k):
    return loss < chance_loss(k)

# %% mistake: larger_is_better
# You call a model better if its loss is larger.
# ? Is a loss something to be kept high or low?
def chance_loss(k):
    return math.log(k)

def is_better_than_chance(loss, k):
    return loss > chance_loss(k)

# %% mistake: one_over_k
def chance_loss(k):
    return math.log(k)

def is_better_than_chance(loss, k):
    return loss < 1 / k

# %% mistake: log2
def chance_loss(k):
    return math.log(k)

def is_better_than_chance(loss, k):
    return loss < math.log2(k)

# %% mistake: log10
def chance_loss(k):
    return math.log(k)

def is_better_than_chance(loss, k):
    return loss < math.log10(k)

# %% mistake: equal_is_better
# A loss that equals the loss of guessing counts as better here. It is just as good as guessing: compare with `<`.
# ? Is 0.6931 better than guessing between two classes?
import math

def chance_loss(k):
    return math.log(k)

def is_better_than_chance(loss, k):
    return loss <= chance_loss(k)

# %% wrong: constant
def chance_loss(k):
    return 0.6931

def is_better_than_chance(loss, k):
    return True
