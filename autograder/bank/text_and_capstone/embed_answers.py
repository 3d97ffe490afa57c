import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def embed(E, ids):
    return E[ids]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% alternative: library
def embed(E, ids):
    return F.embedding(ids, E)


def embed_by_one_hot(E, ids):
    hot = torch.eye(len(E), dtype=E.dtype, device=E.device)[ids]
    return torch.matmul(hot, E)

# %% alternative: index_select
def embed(E, ids):
    return E.index_select(0, ids)


def embed_by_one_hot(E, ids):
    hot = (ids[:, None] == torch.arange(E.shape[0], device=ids.device)).type_as(E)
    return torch.einsum("nk,kd->nd", hot, E)

# %% alternative: stack
def embed(E, ids):
    return torch.stack([E[i] for i in ids])


def embed_by_one_hot(E, ids):
    hot = torch.zeros(len(ids), len(E), dtype=E.dtype, device=E.device)
    hot.scatter_(1, ids.unsqueeze(1), 1.0)
    return F.linear(hot, E.T)

# %% mistake: transposed
# You took columns of E. Each word has a row.
# ? What shape has E, and which of its two sizes is the number of words?
def embed(E, ids):
    return E[:, ids]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: transposed
def embed(E, ids):
    return E.T[ids]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: transposed
def embed(E, ids):
    return E[ids]


def embed_by_one_hot(E, ids):
    return E.T @ F.one_hot(ids, len(E)).to(E.dtype).T

# %% mistake: transposed
def embed(E, ids):
    return E[ids].T


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: transposed
def embed(E, ids):
    return E[:, ids].T


def embed_by_one_hot(E, ids):
    return E @ F.one_hot(ids, len(E)).to(E.dtype)

# %% mistake: float_ids
# You turned the word numbers into floats; an index must be whole numbers. (It is the one-hot rows that must be floats.)
# ? Which of the two is multiplied with E: the numbers, or the one-hot rows?
def embed(E, ids):
    return E[ids.float()]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: float_ids
def embed(E, ids):
    return E[ids]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids.float(), len(E)) @ E

# %% mistake: float_ids
def embed(E, ids):
    return F.embedding(ids.float(), E)


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: int_one_hot
# Your one-hot rows are whole numbers, and PyTorch does not multiply them with a float matrix.
# ? Which dtype does `F.one_hot` give, and which has E?
def embed(E, ids):
    return E[ids]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)) @ E

# %% mistake: float32_one_hot
# Your one-hot rows are float32, whatever E is; with a float64 matrix the product fails.
# ? Which dtype should the one-hot rows have?
def embed(E, ids):
    return E[ids]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).float() @ E

# %% mistake: classes_from_ids
# Your one-hot rows do not fit E: they are as long as the greatest number in `ids` asks for, or they were turned on their side. Each needs a place for every row of E.
# ? How many places has a one-hot row if E has 50,000 rows and the ids are 1 and 2?
def embed(E, ids):
    return E[ids]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids).to(E.dtype) @ E

# %% mistake: classes_from_ids
def embed(E, ids):
    return E[ids]


def embed_by_one_hot(E, ids):
    hot = torch.eye(int(ids.max()) + 1, dtype=E.dtype, device=E.device)[ids]
    return hot @ E

# %% mistake: detached
# Your rows are cut off from E: no gradient can reach it, so the embeddings could never be trained.
# ? Which call or block takes a tensor out of the graph?
def embed(E, ids):
    return E[ids].detach()


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: detached
def embed(E, ids):
    return E.data[ids]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E.data

# %% mistake: detached
def embed(E, ids):
    with torch.no_grad():
        return E[ids]


def embed_by_one_hot(E, ids):
    with torch.no_grad():
        return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: detached
def embed(E, ids):
    return E[ids]


def embed_by_one_hot(E, ids):
    return (F.one_hot(ids, len(E)).to(E.dtype) @ E).detach()

# %% mistake: detached
def embed(E, ids):
    layer = nn.Embedding(*E.shape).to(E)
    layer.weight.data = E.detach()
    return layer(ids).detach()


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: copied
# Your rows hang on a copy of E: the gradient goes to the copy, and E itself gets none.
# ? Which tensor does the layer that you made train?
def embed(E, ids):
    layer = nn.Embedding.from_pretrained(E.detach().clone(), freeze=False)
    return layer(ids)


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: copied
def embed(E, ids):
    layer = nn.Embedding(*E.shape, dtype=E.dtype, device=E.device)
    with torch.no_grad():
        layer.weight.copy_(E)
    return layer(ids)


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: fresh_matrix
# You made a new embedding layer with random numbers; the rows should come from E.
# ? Where does your function use the numbers in E?
def embed(E, ids):
    return nn.Embedding(*E.shape, dtype=E.dtype, device=E.device)(ids)


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: mean_of_rows
# You took the mean of the rows; wanted is one row for each number.
# ? What shape should the answer have?
def embed(E, ids):
    return E[ids].mean(0)


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% mistake: one_hot_only
# That are the one-hot rows alone; they must still be multiplied with E.
# ? What is the shape of the answer of `embed`?
def embed(E, ids):
    return E[ids]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype)

# %% mistake: shifted_by_one
# Your rows are those before the right ones: word numbers begin with 0, as rows do.
# ? Which row belongs to word number 0?
def embed(E, ids):
    return E[ids - 1]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% wrong: same_row
def embed(E, ids):
    return E[ids[:1]].expand(len(ids), -1)


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, len(E)).to(E.dtype) @ E

# %% wrong: on_the_cpu
def embed(E, ids):
    return E[ids] * torch.ones(len(ids), 1)


def embed_by_one_hot(E, ids):
    return torch.eye(len(E), dtype=E.dtype)[ids] @ E

# %% wrong: same_for_both
def embed(E, ids):
    return E[ids]


def embed_by_one_hot(E, ids):
    return ids

# %% mistake: classes_from_ids
def embed(E, ids):
    return E[ids]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, num_classes=len(E)).to(E.dtype).T @ E

# %% mistake: each_number_once
# Each number gave one row, or the rows are sorted. Wanted is a row for each entry of `ids`, in its order, repeated ones too.
# ? What does `torch.unique` do with repeated numbers?
def embed(E, ids):
    return E[torch.unique(ids)]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, num_classes=len(E)).to(E.dtype) @ E

# %% mistake: each_number_once
def embed(E, ids):
    return E[ids.sort().values]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, num_classes=len(E)).to(E.dtype) @ E

# %% mistake: first_rows
# You took the first rows of E; wanted are those whose numbers are in `ids`.
# ? Where in your code do the entries of `ids` occur?
def embed(E, ids):
    return E[: len(ids)]


def embed_by_one_hot(E, ids):
    return F.one_hot(ids, num_classes=len(E)).to(E.dtype) @ E

# %% mistake: summed_rows
# You added the rows up; wanted is one row for each number.
# ? How many rows are wanted for four numbers?
def embed(E, ids):
    return E[ids].sum(0)


def embed_by_one_hot(E, ids):
    return (F.one_hot(ids, num_classes=len(E)).to(E.dtype) @ E).sum(0)
