import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def cross_entropy_soft(logits, probs):
    return -(probs * torch.log_softmax(logits, dim=1)).sum(dim=1).mean()

# %% alternative: library
def cross_entropy_soft(logits, probs):
    return F.cross_entropy(logits, probs)

# %% alternative: numpy
def cross_entropy_soft(logits, probs):
    z, p = logits.detach().numpy(), probs.detach().numpy()
    z = z - z.max(axis=1, keepdims=True)
    log_q = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -np.mean(np.sum(p * log_q, axis=1))

# %% alternative: einsum
def cross_entropy_soft(logits, probs):
    log_q = logits - torch.logsumexp(logits, dim=-1, keepdim=True)
    return torch.einsum("nk,nk->", -probs, log_q) / logits.shape[0]

# %% alternative: plain_python
def cross_entropy_soft(logits, probs):
    total = 0.0
    for scores, row in zip(logits.tolist(), probs.tolist(), strict=True):
        m = max(scores)
        log_sum = m + math.log(sum(math.exp(s - m) for s in scores))
        total += sum(p * (log_sum - s) for p, s in zip(row, scores, strict=True))
    return total / len(logits)

# %% alternative: kl_plus_entropy
def cross_entropy_soft(logits, probs):
    entropy = torch.special.entr(probs).sum(dim=1).mean()
    return F.kl_div(logits.log_softmax(1), probs, reduction="batchmean") + entropy

# %% mistake: int_targets
# The target probabilities were made into whole numbers, and 0.9 became 0. Soft labels must stay real numbers.
# ? What is left of a probability of 0.9 after `.long()` or `int()`?
def cross_entropy_soft(logits, probs):
    return -(probs.long() * torch.log_softmax(logits, dim=1)).sum(dim=1).mean()

# %% mistake: int_targets_refused
# PyTorch refused your targets: you gave it whole numbers where it takes class probabilities, which must be real numbers.
# ? Does anything need to be done to the dtype of `probs` at all?
def cross_entropy_soft(logits, probs):
    return F.cross_entropy(logits, probs.long())

# %% mistake: sums_over_batch
# Your loss is the sum over the rows, not their mean.
# ? Should the loss double if every row is given twice?
def cross_entropy_soft(logits, probs):
    return -(probs * torch.log_softmax(logits, dim=1)).sum()

# %% mistake: argmax_of_probs
# Only the most probable class of each target row counted; what the other classes say was lost.
# ? Do targets of (0.6, 0.4) and (0.9, 0.1) give the same loss in your code?
def cross_entropy_soft(logits, probs):
    return F.cross_entropy(logits, probs.argmax(dim=1))

# %% mistake: mean_over_classes
# You also divided by the number of classes: within a row the terms are added up, and only the rows are averaged.
# ? Over how many numbers does `.mean()` go in your code?
def cross_entropy_soft(logits, probs):
    return -(probs * torch.log_softmax(logits, dim=1)).mean()

# %% mistake: double_softmax
# Your loss belongs to scores that went through softmax twice: the loss makes the probabilities itself, from raw scores.
# ? Where in your code does softmax happen, and where a second time?
def cross_entropy_soft(logits, probs):
    return F.cross_entropy(torch.softmax(logits, dim=1), probs)

# %% mistake: subtracts_entropy
# Your answer is the Kullback-Leibler divergence: the cross-entropy less the entropy of the targets.
# ? Is the cross-entropy zero where the forecast equals a soft target?
def cross_entropy_soft(logits, probs):
    return F.kl_div(torch.log_softmax(logits, dim=1), probs, reduction="batchmean")

# %% mistake: roles_swapped
# The two arguments changed places: the logarithm belongs to the forecast, and the targets are the weights.
# ? Which of the two may hold a 0 whose logarithm nobody may take?
def cross_entropy_soft(logits, probs):
    return -(torch.softmax(logits, dim=1) * torch.log(probs)).sum(dim=1).mean()

# %% mistake: no_mean
# One number came back for each row; the loss is their mean.
# ? How many numbers is a loss?
def cross_entropy_soft(logits, probs):
    return -(probs * torch.log_softmax(logits, dim=1)).sum(dim=1)

# %% mistake: sign_flipped
# Your loss is negative: the minus in front of the sum is missing.
# ? Which sign has the logarithm of a number between 0 and 1?
def cross_entropy_soft(logits, probs):
    return (probs * torch.log_softmax(logits, dim=1)).sum(dim=1).mean()

# %% mistake: softmax_missing
# Your loss is minus the average score: no softmax was taken of the scores, and no logarithm.
# ? What should happen to the loss if all scores of a row rise by 1?
def cross_entropy_soft(logits, probs):
    return -(probs * logits).sum(dim=1).mean()

# %% mistake: log_missing
# You weighted the softmax itself: the logarithm is missing.
# ? What is −ln(p) for p = 1, and what for a tiny p?
def cross_entropy_soft(logits, probs):
    return -(probs * torch.softmax(logits, dim=1)).sum(dim=1).mean()

# %% mistake: int_targets_refused
def cross_entropy_soft(logits, probs):
    return F.cross_entropy(logits, probs.int())

# %% wrong: constant
def cross_entropy_soft(logits, probs):
    return torch.tensor(8.0619)

# %% wrong: mean_squared_error
def cross_entropy_soft(logits, probs):
    return F.mse_loss(torch.softmax(logits, dim=1), probs)
