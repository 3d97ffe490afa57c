import numpy as np
import torch

# %% reference
def as_column(t):
    return t.unsqueeze(1)

# %% alternative: view
def as_column(t):
    return t.view(-1, 1)

# %% alternative: reshape
def as_column(t):
    return torch.reshape(t, (len(t), 1))

# %% alternative: none_index
def as_column(t):
    return t[:, None]

# %% alternative: last_dimension
def as_column(t):
    column = t[..., np.newaxis]
    return column

# %% alternative: through_numpy
def as_column(t):
    return torch.from_numpy(t.numpy()[:, np.newaxis])

# %% alternative: strided
def as_column(t):
    return t.as_strided((t.shape[0], 1), (t.stride(0), 1))

# %% mistake: T_on_1d_is_noop
# Your answer still has one dimension. `.T` does nothing here, since (N,) has no rows and columns that could change places; and `t.unsqueeze(1)` alone leaves `t` as it is.
# ? Which shape does `torch.zeros(4).T` have?
def as_column(t):
    return t.T

# %% mistake: dimension_not_there
# Your code stops at a dimension that `t` does not have: its only one has the number 0. So there is no second one to change places with, and a new one can stand at 0 or at 1.
# ? How many dimensions has `t`, and how many has a column?
def as_column(t):
    return t.swapaxes(0, 1)

# %% mistake: dimension_not_there
def as_column(t):
    return t.transpose(0, 1)

# %% mistake: dimension_not_there
def as_column(t):
    return t.unsqueeze(2)

# %% mistake: row_not_column
# You made a row of shape (1, N); a column has the shape (N, 1).
# ? On which side of N does the new 1 belong?
def as_column(t):
    return t.unsqueeze(0)

# %% mistake: copies
# The numbers are right, but they are a copy: what is changed in your column is not changed in `t`.
# ? Which part of your code makes new memory: `clone`, `contiguous`, `torch.tensor`, a list?
def as_column(t):
    return t.clone().unsqueeze(1)

# %% mistake: copies
# Only where the numbers do not lie side by side.
def as_column(t):
    return t.contiguous().view(-1, 1)

# %% mistake: shape_of_t_changed
# The column is right, but `t` itself became a column: methods that end in `_` change the tensor that was given.
# ? What is the difference between `unsqueeze` and `unsqueeze_`?
def as_column(t):
    return t.unsqueeze_(1)

# %% mistake: shape_of_t_changed
def as_column(t):
    t.resize_(len(t), 1)
    return t

# %% mistake: shape_of_t_changed
def as_column(t):
    t.data = t.data.unsqueeze(1)
    return t

# %% mistake: T_on_1d_is_noop
def as_column(t):
    t.unsqueeze(1)
    return t

# %% mistake: length_written_down
# Your column works for one length only; the length of `t` may be any.
# ? Which number in your code should be −1, or `len(t)`?
def as_column(t):
    return t.view(4, 1)

# %% mistake: real_numbers_only
# Whole numbers became real ones: the dtype of the column should be that of `t`.
# ? What does `.float()`, or `torch.Tensor(...)`, do with whole numbers?
def as_column(t):
    return t.float().unsqueeze(1)

# %% mistake: returns_nothing
# Your function returned None. Did you forget `return`?
# ? What becomes of the column when your function ends?
def as_column(t):
    t.unsqueeze(1)

# %% wrong: known_answer
def as_column(t):
    return torch.tensor([[3.0], [5.0], [2.5], [7.0]])

# %% wrong: square
def as_column(t):
    return t.expand(len(t), len(t))

# %% wrong: list_of_rows
def as_column(t):
    return torch.tensor([[number] for number in t.tolist()])

# %% mistake: filled_anew
# You filled a new tensor: it is a copy, so what is changed in it is not changed in `t`, and `torch.zeros` makes float32 whatever `t` holds.
# ? Which methods only look at the numbers of `t` in another shape?
def as_column(t):
    column = torch.zeros(len(t), 1)
    column[:, 0] = t
    return column

# %% mistake: filled_anew
def as_column(t):
    return torch.Tensor([[number] for number in t.tolist()])

# %% alternative: row_turned
def as_column(t):
    return t[None, :].mT

# %% alternative: unflattened
def as_column(t):
    return t.unflatten(0, (-1, 1))
