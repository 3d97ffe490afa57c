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
# For confident scores your loss is infinite or NaN (plain Python stops): the sigmoid was rounded to exactly 0 or 1, and the logarithm of 0 is −∞.
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
# For confident scores your loss is finite but off: something was rounded or cut off on the way (the sigmoid to exactly 1, say), and how wrong a forecast is got lost.
# ? Which loss should the scores 40 and 60 have where the target is 0, and which do they get?
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

# %% mistake: log0_nan
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    losses = []
    for s, t in zip(z.flatten().tolist(), y.flatten().tolist()):
        p = 1 / (1 + math.exp(-s))
        losses.append(-(t * math.log(p) + (1 - t) * math.log(1 - p)))
    return torch.tensor(sum(losses) / len(losses), device=z.device)

# %% mistake: exp_overflows
# For scores of ±100 your loss is infinite or NaN: exp(100) is too large for a float32 (and so a sigmoid of −100 becomes 0).
# ? What can you take out of ln(1 + exp(z)), so that exp gets only negative numbers?
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    return (torch.log(1 + torch.exp(z)) - z * y).mean()

# %% mistake: probs_expected
def bce_with_logits(z, y):
    return F.binary_cross_entropy(z.clamp(0, 1), y)

# %% mistake: probs_expected
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    p = z.clamp(1e-7, 1 - 1e-7)
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()

# %% mistake: made_equal
# Scores and targets of different shapes were compared all the same, as if both were flat; an error was wanted.
# ? Where does your code compare the two shapes?
def bce_with_logits(z, y):
    return F.binary_cross_entropy_with_logits(z.flatten(), y.flatten())

# %% mistake: no_mean
# One number came back for each element; the loss is their mean.
# ? How many numbers can `backward()` start from?
def bce_with_logits(z, y):
    return F.binary_cross_entropy_with_logits(z, y, reduction="none")

# %% mistake: not_on_the_device
# The number is right, but a part of your code works on the CPU only, wherever the scores are: a tensor made on the way, or NumPy.
# ? On which device is a new tensor made if you do not say `device=z.device`, and can NumPy read a tensor on a GPU?
def bce_with_logits(z, y):
    return torch.tensor(F.binary_cross_entropy_with_logits(z, y).item())

# %% mistake: rounded_sigmoid
def bce_with_logits(z, y):
    return F.binary_cross_entropy_with_logits(z.clamp(-80, 80), y)

# %% mistake: not_on_the_device
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    return (torch.maximum(z, torch.zeros(z.shape)) - z * y + torch.log1p(torch.exp(-z.abs()))).mean()

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

# %% wrong: changes_the_scores
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    return (z.clamp(min=0) - z * y + torch.log1p(torch.exp(-z.abs_()))).mean()
