import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError(f"shapes differ: {tuple(z.shape)} and {tuple(y.shape)}")
    return (z.clamp(min=0) - z * y + torch.log1p(torch.exp(-z.abs()))).mean()

# %% alternative: library
def bce_with_logits(z, y):
    return F.binary_cross_entropy_with_logits(z, y)

# %% alternative: module
def bce_with_logits(z, y):
    return nn.BCEWithLogitsLoss()(z, y)

# %% alternative: softplus
def bce_with_logits(z, y):
    assert z.shape == y.shape
    return (y * F.softplus(-z) + (1 - y) * F.softplus(z)).mean()

# %% alternative: logsigmoid
def bce_with_logits(z, y):
    if tuple(z.shape) != tuple(y.shape):
        raise ValueError("shapes differ")
    return -torch.mean(y * F.logsigmoid(z) + (1 - y) * F.logsigmoid(-z))

# %% alternative: two_classes
def bce_with_logits(z, y):
    if z.size() != y.size():
        raise ValueError("shapes differ")
    return (torch.logaddexp(z, torch.zeros_like(z)) - y * z).sum() / z.numel()

# %% alternative: maximum_with_new_zero
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise RuntimeError("shapes differ")
    return torch.mean(torch.maximum(z, torch.tensor(0.0)) - z * y + torch.log(1 + torch.exp(-torch.abs(z))))

# %% alternative: where
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    margin = torch.where(y == 1, z, -z)
    return torch.where(margin > 0, torch.log1p(torch.exp(-margin.abs())), -margin + torch.log1p(torch.exp(-margin.abs()))).mean()

# %% alternative: plain_python
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    losses = [max(s, 0.0) - s * t + math.log1p(math.exp(-abs(s))) for s, t in zip(z.flatten().tolist(), y.flatten().tolist())]
    return torch.tensor(sum(losses) / len(losses), device=z.device)

# %% mistake: sigmoid_twice
# Your loss belongs to scores that went through the sigmoid twice: this loss takes raw scores and makes the probabilities itself.
# ? Where in your code does the sigmoid happen, and where a second time?
def bce_with_logits(z, y):
    return F.binary_cross_entropy_with_logits(torch.sigmoid(z), y)

# %% mistake: log0_nan
# For scores of ±100 your loss is NaN: the sigmoid was rounded to exactly 0 or 1, its logarithm is −∞, and 0 · ∞ is not a number.
# ? Can you write the loss with z itself, so that nobody takes the logarithm of a rounded 0?
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    p = 1 / (1 + torch.exp(-z))
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()

# %% mistake: sum
# Your loss is the sum over the elements, not their mean.
# ? Should the loss double if every element is given twice?
def bce_with_logits(z, y):
    return F.binary_cross_entropy_with_logits(z, y, reduction="sum")

# %% mistake: probs_expected
# Your code takes the scores for probabilities; a score can be any number, and becomes a probability through the sigmoid.
# ? Is a score of 0 a probability of 0, or of one half?
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    return -(y * torch.log(z) + (1 - y) * torch.log(1 - z)).mean()

# %% mistake: flat_vs_column
# A column of scores and a flat row of targets were taken without a word: broadcasting paired every score with every target.
# ? Which shape does z · y have for (N, 1) and (N,)?
def bce_with_logits(z, y):
    return (z.clamp(min=0) - z * y + torch.log1p(torch.exp(-z.abs()))).mean()

# %% mistake: rounded_sigmoid
# For confident scores your loss is off: the sigmoid was rounded to 0 or 1 first, and the loss of a wrong forecast was cut off.
# ? Which loss should a score of 40 with target 0 have: 40 or 100?
def bce_with_logits(z, y):
    return F.binary_cross_entropy(torch.sigmoid(z), y)

# %% mistake: only_positives
# Elements with target 0 add nothing to your loss: the second half of the formula is missing.
# ? What does a high score cost where the target is 0?
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    return (y * F.softplus(-z)).mean()

# %% mistake: sign_flipped
# Your loss is negative: the minus in front of the logarithms is missing.
# ? Which sign has the logarithm of a number between 0 and 1?
def bce_with_logits(z, y):
    return -F.binary_cross_entropy_with_logits(z, y)

# %% mistake: swapped_targets
# The targets 0 and 1 changed places: a high score is punished where the target is 1.
# ? Which target does a very high score forecast?
def bce_with_logits(z, y):
    return F.binary_cross_entropy_with_logits(-z, y)

# %% mistake: plain_number
# The number is right, but it is no tensor: a plain float has no gradient, and no place on a device.
# ? Could you call `.backward()` on what you return?
def bce_with_logits(z, y):
    return F.binary_cross_entropy_with_logits(z, y).item()

# %% wrong: constant
def bce_with_logits(z, y):
    return torch.tensor(0.5665)

# %% wrong: clamped
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    p = torch.sigmoid(z).clamp(1e-7, 1 - 1e-7)
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()

# %% wrong: probabilities_expected_by_the_library
def bce_with_logits(z, y):
    return F.binary_cross_entropy(z, y)

# %% wrong: probabilities_expected_and_no_shape_check
def bce_with_logits(z, y):
    return -(y * z.log() + (1 - y) * (1 - z).log()).mean()
