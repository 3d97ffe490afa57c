import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels), device=logits.device)
    return (torch.logsumexp(logits, dim=1) - logits[rows, labels]).mean()

# %% alternative: nll_of_log_softmax
def cross_entropy(logits, labels):
    return F.nll_loss(logits.log_softmax(dim=-1), labels)

# %% alternative: largest_taken_out
def cross_entropy(logits, labels):
    z = logits - logits.max(dim=1, keepdim=True).values
    log_sum = z.exp().sum(dim=1, keepdim=True).log()
    return -(z - log_sum).gather(1, labels.unsqueeze(1)).mean()

# %% alternative: with_one_hot
def cross_entropy(logits, labels):
    y = F.one_hot(labels, logits.shape[1]).to(logits.dtype)
    return -(y * F.log_softmax(logits, dim=1)).sum(dim=1).mean()

# %% alternative: loop_over_rows
def cross_entropy(logits, labels):
    total = 0
    for row, label in zip(logits, labels):
        total = total + torch.logsumexp(row, 0) - row[label]
    return total / len(labels)

# %% alternative: plain_python
def cross_entropy(logits, labels):
    losses = []
    for row, label in zip(logits.tolist(), labels.tolist(), strict=True):
        m = max(row)
        losses.append(m + math.log(sum(math.exp(s - m) for s in row)) - row[label])
    return torch.tensor(sum(losses) / len(losses), device=logits.device)

# %% alternative: numpy_and_back
def cross_entropy(logits, labels):
    z = logits.detach().cpu().double().numpy()
    z = z - z.max(axis=1, keepdims=True)
    losses = np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels.cpu().numpy()]
    return torch.tensor(losses.mean(), device=logits.device, dtype=logits.dtype)

# %% alternative: smallest_piece
def cross_entropy(logits, labels):
    gaps = logits - logits.gather(1, labels.view(-1, 1))
    return torch.logsumexp(gaps, dim=1).sum() / logits.size(0)

# %% mistake: ready_made
# You called the ready-made loss; here you write it. `torch.logsumexp` and `log_softmax` may help you.
# ? What does the formula above take from each row, and what does it subtract?
def cross_entropy(logits, labels):
    return F.cross_entropy(logits, labels)

# %% mistake: ready_made
def cross_entropy(logits, labels):
    return nn.CrossEntropyLoss()(logits, labels)

# %% stand_in
def cross_entropy(logits, labels):
    return torch.nn.functional.cross_entropy(logits, labels)

# %% mistake: double_softmax
# Your loss belongs to scores that went through softmax twice: cross-entropy makes the probabilities itself, from raw scores.
# ? Where in your code does softmax happen, and where a second time?
def cross_entropy(logits, labels):
    return F.nll_loss(F.log_softmax(torch.softmax(logits, dim=1), dim=1), labels)

# %% mistake: log10
# Your logarithm has base 10; this loss uses the natural logarithm.
# ? Which of `log`, `log2` and `log10` is the natural one?
def cross_entropy(logits, labels):
    return F.nll_loss(F.log_softmax(logits, dim=1), labels) / math.log(10)

# %% mistake: log2
# Your logarithm has base 2 (a loss in bits); this loss uses the natural logarithm.
# ? Which of `log`, `log2` and `log10` is the natural one?
def cross_entropy(logits, labels):
    return F.nll_loss(F.log_softmax(logits, dim=1), labels) / math.log(2)

# %% mistake: mean_over_classes
# You also divided by the number of classes; the mean goes over the rows only.
# ? How many true classes does one row have?
def cross_entropy(logits, labels):
    return -(F.one_hot(labels, logits.shape[1]) * F.log_softmax(logits, dim=1)).mean()

# %% mistake: bce_per_class
# Your loss is the binary one: it asks of every class on its own "yes or no?". Here only the softmax of the true class counts.
# ? How many logarithms does the formula take for one row?
def cross_entropy(logits, labels):
    return F.binary_cross_entropy_with_logits(logits, F.one_hot(labels, logits.shape[1]).float())

# %% mistake: raw_score
# Your loss is only minus the score of the true class; the other scores play no part in it.
# ? What should happen to the loss if a wrong class's score rises?
def cross_entropy(logits, labels):
    return -logits.gather(1, labels.unsqueeze(1)).mean()

# %% mistake: one_based_label
# You looked up the class before the true one: labels count from 0, so they are the column's index as they are.
# ? Which column belongs to label 2?
def cross_entropy(logits, labels):
    return -F.log_softmax(logits, dim=1)[torch.arange(len(labels), device=logits.device), labels - 1].mean()

# %% mistake: batch_sum
# Your loss is the sum over the rows, not their mean.
# ? Should the loss double if every row is given twice?
def cross_entropy(logits, labels):
    return F.nll_loss(F.log_softmax(logits, dim=1), labels, reduction="sum")

# %% mistake: overflow
# For large scores your code fails: exp(10000) is too large for a float. Infinity divided by infinity is NaN, and plain Python stops with an error.
# ? What may you subtract from all scores of a row without changing its softmax?
def cross_entropy(logits, labels):
    p = torch.exp(logits) / torch.exp(logits).sum(dim=1, keepdim=True)
    return -p[torch.arange(len(labels), device=logits.device), labels].log().mean()

# %% mistake: sum_overflows
# For large scores your loss is infinite: exp(10000) is too large for a float, so the sum of the exps is too.
# ? What may you subtract from all scores of a row without changing its softmax?
def cross_entropy(logits, labels):
    return (logits.exp().sum(dim=1).log() - logits[torch.arange(len(labels), device=logits.device), labels]).mean()

# %% mistake: log_of_zero
# For scores that lie far apart your loss is infinite or NaN: before you took a logarithm, a number on the way had become too small or too large for a float.
# ? If the row's largest score is subtracted first and the logarithm of softmax is written as a difference, which numbers can exp still give?
def cross_entropy(logits, labels):
    p = torch.softmax(logits, dim=1)
    return -torch.log(p.gather(1, labels.unsqueeze(1))).mean()

# %% mistake: predicted_label
# You took the class with the highest score; the loss asks for the true class, which `labels` gives.
# ? Could your loss ever be large?
def cross_entropy(logits, labels):
    return F.nll_loss(F.log_softmax(logits, dim=1), logits.argmax(dim=1))

# %% mistake: negative_probability
# Your loss is minus the probability of the true class: the logarithm is missing.
# ? What is −ln(p) for p = 1, and what for a tiny p?
def cross_entropy(logits, labels):
    return -torch.softmax(logits, dim=1).gather(1, labels.unsqueeze(1)).mean()

# %% mistake: sign_flipped
# Your loss is negative: the minus in front of the logarithm is missing.
# ? Which sign has the logarithm of a number between 0 and 1?
def cross_entropy(logits, labels):
    return -F.nll_loss(F.log_softmax(logits, dim=1), labels)

# %% mistake: softmax_over_batch
# Your softmax goes down the columns (over the batch); the scores of one row belong together.
# ? Which numbers must add up to 1: those of a row or those of a column?
def cross_entropy(logits, labels):
    return F.nll_loss(F.log_softmax(logits, dim=0), labels)

# %% mistake: no_mean
# One number came back for each row; the loss is their mean.
# ? How many numbers can `backward()` start from?
def cross_entropy(logits, labels):
    return F.nll_loss(F.log_softmax(logits, dim=1), labels, reduction="none")

# %% mistake: plain_number
# The number is right, but it is no tensor: a plain float has no gradient, and no place on a device.
# ? Could you call `.backward()` on what you return?
def cross_entropy(logits, labels):
    return F.nll_loss(F.log_softmax(logits, dim=1), labels).item()

# %% mistake: log10
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels), device=logits.device)
    z = logits - logits.max(dim=1, keepdim=True).values
    return (torch.log10(z.exp().sum(dim=1)) - z[rows, labels]).mean()

# %% mistake: log2
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels), device=logits.device)
    z = logits - logits.max(dim=1, keepdim=True).values
    return (torch.log2(z.exp().sum(dim=1)) - z[rows, labels]).mean()

# %% mistake: bce_per_class
def cross_entropy(logits, labels):
    y = F.one_hot(labels, logits.shape[1]).float()
    return F.binary_cross_entropy_with_logits(logits, y, reduction="sum") / len(labels)

# %% mistake: bce_per_class
def cross_entropy(logits, labels):
    return F.binary_cross_entropy(torch.softmax(logits, dim=1), F.one_hot(labels, logits.shape[1]).float())

# %% mistake: overflow
def cross_entropy(logits, labels):
    losses = []
    for row, label in zip(logits.tolist(), labels.tolist(), strict=True):
        losses.append(math.log(sum(math.exp(s) for s in row)) - row[label])
    return torch.tensor(sum(losses) / len(losses), device=logits.device)

# %% mistake: cut_off
# For scores that lie far apart your loss is cut off: the softmax of the true class became 0, and another number took its place (by `+ 1e-9` or `clamp`, say).
# ? How large is −ln(1e-9), and how large can a loss get when the scores differ by 10000?
def cross_entropy(logits, labels):
    p = torch.softmax(logits, dim=1).clamp(1e-7, 1)
    return -torch.log(p.gather(1, labels.unsqueeze(1))).mean()

# %% mistake: largest_of_the_batch
# You subtracted the largest score of the whole batch; in a row whose scores are all far below it, every exp became 0.
# ? If each row subtracts its own largest score, which number is the largest exp of each row?
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels), device=logits.device)
    z = logits - logits.max()
    return (z.exp().sum(dim=1).log() - z[rows, labels]).mean()

# %% mistake: largest_of_the_batch
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels), device=logits.device)
    e = torch.exp(logits - logits.max())
    return -torch.log(e[rows, labels] / e.sum(dim=1)).mean()

# %% mistake: not_on_the_device
# The number is right, but a part of your code works on the CPU only, wherever the scores are: a tensor made on the way, or NumPy.
# ? On which device is a new tensor made if you do not say `device=logits.device`, and can NumPy read a tensor on a GPU?
def cross_entropy(logits, labels):
    return torch.tensor(F.nll_loss(F.log_softmax(logits, dim=1), labels).item())

# %% mistake: not_on_the_device
def cross_entropy(logits, labels):
    y = torch.eye(logits.shape[1])[labels]
    return -(y * F.log_softmax(logits, dim=1)).sum(dim=1).mean()

# %% mistake: scores_cut_off
# You cut off the scores before the loss: two scores above the limit became equal, though one of them is larger by thousands.
# ? Which probabilities does softmax give (5000, 9000), and which does it give (80, 80)?
def cross_entropy(logits, labels):
    return F.nll_loss(F.log_softmax(logits.clamp(-80, 80), dim=1), labels)

# %% mistake: log_of_zero
def cross_entropy(logits, labels):
    y = F.one_hot(labels, logits.shape[1]).to(logits.dtype)
    return -(y * torch.log(torch.softmax(logits, dim=1))).sum(dim=1).mean()

# %% mistake: cut_off
def cross_entropy(logits, labels):
    p = torch.softmax(logits, dim=1).gather(1, labels.unsqueeze(1))
    return -torch.log(p + 1e-7).mean()

# %% wrong: constant
def cross_entropy(logits, labels):
    return torch.tensor(8.0619)
