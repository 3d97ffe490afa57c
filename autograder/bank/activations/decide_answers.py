import numpy as np
import torch

# %% reference
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% alternative: threshold_moved
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return torch.max(scores, dim=-1).indices
    cut = torch.logit(torch.tensor(float(threshold))).item() if logits else threshold
    yes = torch.where(scores >= cut, 1, 0)
    return yes[:, 0] if task == "binary" else yes

# %% alternative: softmax_first
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        p = scores.softmax(dim=1) if logits else scores
        return torch.argmax(p, 1)
    p = 1 / (1 + torch.exp(-scores)) if logits else scores
    yes = torch.zeros_like(p, dtype=torch.int64)
    yes[p >= threshold] = 1
    return yes.flatten() if task == "binary" else yes

# %% alternative: numpy
def decide(scores, task, threshold=0.5, logits=True):
    a = scores.cpu().numpy()
    if task == "multiclass":
        return torch.from_numpy(a.argmax(axis=1)).to(scores.device)
    p = 1 / (1 + np.exp(-a)) if logits else a
    yes = torch.from_numpy((p >= threshold).astype(np.int64)).to(scores.device)
    return yes.reshape(-1) if task == "binary" else yes

# %% alternative: plain_python
def decide(scores, task, threshold=0.5, logits=True):
    rows = scores.tolist()
    if task == "multiclass":
        return torch.tensor([row.index(max(row)) for row in rows], device=scores.device)
    def yes(z):
        p = torch.sigmoid(torch.tensor(z)).item() if logits else z
        return int(p >= threshold - 1e-9)
    made = [[yes(z) for z in row] for row in rows]
    if task == "binary":
        made = [row[0] for row in made]
    return torch.tensor(made, device=scores.device)

# %% mistake: argmax_on_one_column
# For yes or no you took the argmax of a single column: it is always 0, since there is only one place.
# ? Which index has the largest number of a row that has one number?
def decide(scores, task, threshold=0.5, logits=True):
    if task != "multilabel":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    return (p >= threshold).long()

# %% mistake: argmax_on_one_column
def decide(scores, task, threshold=0.5, logits=True):
    return scores.argmax(dim=1)

# %% mistake: rounds_half_even
# You rounded the probabilities. That forgets the threshold, and just at one half it rounds to the even number, 0.
# ? What is `torch.tensor(0.5).round()`, and what should a threshold of 0.75 change?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = p.round().long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: threshold_on_logits
# You compared raw scores with the threshold, which is one of the probability.
# ? Which probability belongs to the score 0.3?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: strictly_above
# A probability just at the threshold got a no; the text asks for a yes.
# ? What is the difference between `>` and `>=`?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p > threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: threshold_ignored
# Your decisions are the same for every threshold: the argument was not used.
# ? Where in your code does `threshold` occur?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= 0.5).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: sigmoid_twice
# With logits=False the scores are probabilities already, and you put them through a sigmoid once more.
# ? What is σ(0.1), and on which side of one half does it lie?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores)
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: argmax_for_labels
# For several labels at once you took the argmax, which names one winner. Each label has a yes or no of its own.
# ? Which shape should the answer have for 4 photos and 3 labels?
def decide(scores, task, threshold=0.5, logits=True):
    if task != "binary":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: column_kept
# Your answer for yes or no is still a column of shape (N, 1); N numbers are wanted.
# ? Which dimension has the size 1?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).long()
    return yes if task == "binary" else yes

# %% mistake: flags_for_numbers
# Your decisions are True and False; 0 and 1 are wanted, as int64.
# ? Into which dtype do flags have to be turned?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold)
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: another_dtype
# Your decisions are right, but of another dtype: class numbers, and zeros and ones, are wanted as int64.
# ? What do `.float()`, `.int()` and `.long()` make?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).float()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: another_dtype
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).int()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: argmax_over_batch
# Your argmax runs down the columns: it says which row is the largest for each class. Asked is the class for each row.
# ? How many decisions should there be for N rows?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=0)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: argmax_of_the_table
# Without a `dim`, argmax looks at the whole table and answers one number: the place of its largest score. Asked is the class for each row.
# ? How many decisions should there be for N rows?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax()
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: largest_score
# You returned the largest score itself; asked is in which place it stands.
# ? What is the difference between `max` and `argmax`?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.amax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: yes_and_no_swapped
# Yes and no have changed places.
# ? Which answer should a probability of 0.9 get?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p < threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: not_on_the_device
# The decisions are right, but your code works on the CPU only: a tensor was made anew on the way, or NumPy took part.
# ? On which device is a new tensor made if you do not say `device=scores.device`?
def decide(scores, task, threshold=0.5, logits=True):
    a = scores.numpy()
    if task == "multiclass":
        return torch.from_numpy(a.argmax(axis=1))
    p = 1 / (1 + np.exp(-a)) if logits else a
    yes = torch.from_numpy((p >= threshold).astype(np.int64))
    return yes.reshape(-1) if task == "binary" else yes

# %% mistake: not_on_the_device
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return torch.tensor(scores.argmax(dim=1).tolist())
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).long()
    yes = torch.tensor(yes.tolist())
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: softmax_on_one_column
# For yes or no you took a softmax over one column: it is always 1, so every answer is a yes.
# ? What must the shares of one class alone add up to?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = (torch.softmax(scores, dim=1) if task == "binary" else torch.sigmoid(scores)) if logits else scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: softmax_on_one_column
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.softmax(scores, dim=1) if logits else scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: zero_as_threshold
# You compared with 0. That fits raw scores and a threshold of one half only: another threshold, or a probability, needs another number.
# ? Which raw score has the probability 0.75, and is a probability of 0.1 a yes?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    yes = (scores > 0).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: zero_as_threshold
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    yes = (scores >= 0).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% wrong: always_yes
def decide(scores, task, threshold=0.5, logits=True):
    return torch.ones(len(scores), dtype=torch.int64)

# %% wrong: unchanged
def decide(scores, task, threshold=0.5, logits=True):
    return scores

# %% wrong: zeros
def decide(scores, task, threshold=0.5, logits=True):
    return torch.zeros_like(scores, dtype=torch.int64).squeeze(1)

# %% mistake: every_one_squeezed
# For a single row another dimension is lost: `squeeze()` without a number takes away every dimension of size 1.
# ? Which dimension of size 1 has a batch of one row, besides the column?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    probabilities = torch.sigmoid(scores) if logits else scores
    return (probabilities >= threshold).long().squeeze()

# %% wrong: changes_the_scores
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = scores.sigmoid_() if logits else scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% wrong: a_single_label_loses_its_column
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    return (p >= threshold).long().squeeze(1)

# %% mistake: zero_as_threshold
# Only for raw scores.
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = scores
    yes = (p >= (0 if logits else threshold)).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: another_dtype
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1).int()
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).int()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: softmax_for_labels
# For several labels you took a softmax, whose shares compete: two labels that are both sure could not both be a yes.
# ? Which function gives each label a probability of its own?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    if task == "multilabel":
        return ((torch.softmax(scores, dim=1) if logits else scores) >= threshold).long()
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: threshold_for_classes
# Where one class wins you compare with the threshold first: then several have a 1, or none, and the first of them wins. For classes there is no threshold.
# ? Which class has the highest score if none has a probability of one half?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return ((torch.sigmoid(scores) if logits else scores) >= threshold).long().argmax(dim=1)
    p = torch.sigmoid(scores) if logits else scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: changes_scores
# The decisions are right, but the scores are written over: methods that end in `_` work in place.
# ? What does `p = scores.sigmoid_()` leave in the scores?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = scores.sigmoid_() if logits else scores
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% mistake: logits_upside_down
# You take the sigmoid where the scores are probabilities already, and leave it out where they are raw.
# ? What does `logits=True` say about the scores?
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.argmax(dim=1)
    p = scores if logits else torch.sigmoid(scores)
    yes = (p >= threshold).long()
    return yes.squeeze(1) if task == "binary" else yes

# %% alternative: filled
def decide(scores, task, threshold=0.5, logits=True):
    if task == "multiclass":
        return scores.topk(1).indices.squeeze(1)
    p = torch.special.expit(scores) if logits else scores
    yes = torch.zeros_like(scores, dtype=torch.long).masked_fill(p >= threshold, 1)
    return yes.reshape(len(scores)) if task == "binary" else yes
