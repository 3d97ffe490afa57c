import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def embedding(table, ids):
    return table[ids]


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return total.index_add(0, ids.flatten(), grad.reshape(-1, d))

# %% alternative: one_hot_times_table
def embedding(table, ids):
    hot = (ids.unsqueeze(-1) == torch.arange(len(table), device=ids.device)).to(table.dtype)
    return hot @ table


def embedding_gradient(ids, grad, n):
    hot = (ids.flatten().unsqueeze(-1) == torch.arange(n, device=ids.device)).to(grad.dtype)
    return hot.T @ grad.flatten(0, -2)

# %% alternative: functional_and_autograd
def embedding(table, ids):
    return F.embedding(ids, table)


def embedding_gradient(ids, grad, n):
    table = torch.zeros(n, grad.shape[-1], device=grad.device, requires_grad=True)
    F.embedding(ids, table).backward(grad)
    return table.grad

# %% alternative: loops
def embedding(table, ids):
    rows = [table[i] for i in ids.reshape(-1)]
    return torch.stack(rows).reshape(*ids.shape, table.shape[1])


def embedding_gradient(ids, grad, n):
    total = grad.new_zeros(n, grad.shape[-1])
    for i, g in zip(ids.reshape(-1), grad.reshape(-1, grad.shape[-1])):
        total[i] += g
    return total

# %% alternative: numpy_on_the_way
def embedding(table, ids):
    return torch.index_select(table, 0, ids.reshape(-1)).view(*ids.shape, -1)


def embedding_gradient(ids, grad, n):
    total = np.zeros((n, grad.shape[-1]), dtype=np.float32)
    np.add.at(total, ids.cpu().numpy(), grad.cpu().numpy())
    return torch.from_numpy(total).to(grad.device)

# %% mistake: overwrites_repeats
# Where a word comes twice, only one of its gradients is left: indexing with `=` (and with `+=`) writes a row once. They must be added up.
# ? What happens to a row whose number stands in ids twice?
def embedding(table, ids):
    return table[ids]


def embedding_gradient(ids, grad, n):
    total = torch.zeros(n, grad.shape[-1], device=grad.device)
    total[ids] = grad
    return total

# %% mistake: overwrites_repeats
def embedding(table, ids):
    return table[ids]


def embedding_gradient(ids, grad, n):
    total = torch.zeros(n, grad.shape[-1], device=grad.device)
    for i, g in zip(ids.flatten(), grad.reshape(-1, grad.shape[-1])):
        total[i] = g
    return total

# %% mistake: first_of_repeats
# Where a word comes twice, only its first gradient counts. They must be added up.
# ? What happens to a row whose number stands in ids twice?
def embedding(table, ids):
    return table[ids]


def embedding_gradient(ids, grad, n):
    total = torch.zeros(n, grad.shape[-1], device=grad.device)
    seen = set()
    for i, g in zip(ids.flatten().tolist(), grad.reshape(-1, grad.shape[-1])):
        if i not in seen:
            total[i] = g
            seen.add(i)
    return total

# %% mistake: averages_repeats
# Where a word comes twice, you averaged its gradients. They must be added up.
# ? If a word comes twice, does the loss depend on its row once or twice?
def embedding(table, ids):
    return table[ids]


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device).index_add(0, ids.flatten(), grad.reshape(-1, d))
    return total / torch.bincount(ids.flatten(), minlength=n).clamp(min=1).unsqueeze(1)

# %% mistake: counts_only
# You counted how often each word came. What arrives for it is added up, not counted.
# ? Where does `grad` appear in your function?
def embedding(table, ids):
    return table[ids]


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return total.index_add(0, ids.flatten(), torch.ones_like(grad).reshape(-1, d))

# %% mistake: gradient_per_word
# You return the gradients as they arrive, one for each word of the text. One for each row of the table is wanted.
# ? Which shape has the table?
def embedding(table, ids):
    return table[ids]


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return grad.reshape(-1, d)

# %% mistake: turned_gradient
# Your gradient lies on its side. It has the shape of the table.
# ? Which shape has the table?
def embedding(table, ids):
    return table[ids]


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return total.index_add(0, ids.flatten(), grad.reshape(-1, d)).T

# %% mistake: columns
# You looked up columns. Each word has a row of the table.
# ? Which shape has the table, and how many words does it hold?
def embedding(table, ids):
    return table.T[ids % table.shape[1]]


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return total.index_add(0, ids.flatten(), grad.reshape(-1, d))

# %% mistake: columns
def embedding(table, ids):
    return table[:, ids]


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return total.index_add(0, ids.flatten(), grad.reshape(-1, d))

# %% mistake: columns
def embedding(table, ids):
    return table[..., ids]


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return total.index_add(0, ids.flatten(), grad.reshape(-1, d))

# %% mistake: counted_from_one
# You took the row before: words are counted from 0.
# ? Which row belongs to the word 0?
def embedding(table, ids):
    return table[ids - 1]


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return total.index_add(0, ids.flatten(), grad.reshape(-1, d))

# %% mistake: flattened
# The shape of the batch is lost. The answer has the shape of ids, and one dimension more.
# ? Which shape should come out for 2 texts of 4 words and 3 numbers a word?
def embedding(table, ids):
    return table[ids.flatten()]


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return total.index_add(0, ids.flatten(), grad.reshape(-1, d))

# %% mistake: adds_up_the_text
# You added the words of a text up. Each word keeps its own row here.
# ? How many rows should a text of five words give?
def embedding(table, ids):
    return table[ids].sum(dim=-2)


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return total.index_add(0, ids.flatten(), grad.reshape(-1, d))

# %% mistake: averages_the_text
# You averaged the words of a text. Each word keeps its own row here.
# ? How many rows should a text of five words give?
def embedding(table, ids):
    return table[ids].mean(dim=-2)


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return total.index_add(0, ids.flatten(), grad.reshape(-1, d))

# %% mistake: another_table
# Your numbers come from a new table with random numbers, not from the one that was given.
# ? Where does `table` appear in your function?
def embedding(table, ids):
    return nn.Embedding(table.shape[0], table.shape[1])(ids)


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d, device=grad.device)
    return total.index_add(0, ids.flatten(), grad.reshape(-1, d))

# %% wrong: the_table
def embedding(table, ids):
    return table


def embedding_gradient(ids, grad, n):
    return None

# %% wrong: zeros
def embedding(table, ids):
    return table[ids]


def embedding_gradient(ids, grad, n):
    return torch.zeros(n, grad.shape[-1])

# %% wrong: forgets_the_device
def embedding(table, ids):
    return table[ids]


def embedding_gradient(ids, grad, n):
    d = grad.shape[-1]
    total = torch.zeros(n, d)
    return total.index_add(0, ids.flatten(), grad.reshape(-1, d))

# %% mistake: same_gradient_for_every_row
# Every row of the table gets the sum of all gradients. A gradient goes to the row of its word, and rows that were not used get 0.
# ? Which rows should stay 0 in the example?
def embedding(table, ids):
    return table[ids]


def embedding_gradient(ids, grad, n):
    return grad.reshape(-1, grad.shape[-1]).sum(dim=0).expand(n, -1)
