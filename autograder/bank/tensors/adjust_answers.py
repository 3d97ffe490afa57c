import numpy as np
import torch

# %% reference
def adjust(temps, adj):
    return temps + adj

# %% alternative: add
def adjust(temps, adj):
    return torch.add(temps, adj)

# %% alternative: copy_and_add
def adjust(temps, adj):
    out = temps.clone()
    out += adj
    return out

# %% alternative: expanded
def adjust(temps, adj):
    adj = torch.as_tensor(adj, device=temps.device)
    return temps + adj.expand(temps.shape)

# %% alternative: row_by_row
def adjust(temps, adj):
    adj = torch.broadcast_to(torch.as_tensor(adj, device=temps.device), temps.shape)
    return torch.stack([row + change for row, change in zip(temps, adj)])

# %% alternative: numpy_and_back
def adjust(temps, adj):
    change = adj.cpu().numpy() if isinstance(adj, torch.Tensor) else adj
    return torch.from_numpy(np.add(temps.cpu().numpy(), change)).to(temps.device)

# %% mistake: requires_same_shape
# You took an `adj` of another shape for an error. Where the shapes differ, broadcasting repeats the smaller one, if it fits.
# ? What does PyTorch answer to `torch.zeros(2, 3) + torch.ones(3)`?
def adjust(temps, adj):
    if temps.shape != adj.shape:
        raise ValueError("the shapes must be equal")
    return temps + adj

# %% mistake: requires_same_shape
def adjust(temps, adj):
    if temps.shape != adj.shape:
        return None
    return temps + adj

# %% mistake: requires_same_shape
def adjust(temps, adj):
    out = torch.zeros_like(temps)
    for i in range(temps.shape[0]):
        for j in range(temps.shape[1]):
            out[i, j] = temps[i, j] + adj[i, j]
    return out

# %% mistake: inplace_mutation
# You changed the table that was given: `+=` and methods that end in `_` write into it.
# ? After `b = a; b += 1`, what has become of `a`?
def adjust(temps, adj):
    temps += adj
    return temps

# %% mistake: inplace_mutation
# Into the changes.
def adjust(temps, adj):
    if isinstance(adj, torch.Tensor) and adj.shape == temps.shape and adj.dtype == temps.dtype:
        return adj.add_(temps)
    return temps + adj

# %% mistake: column_broadcast_as_row
# You spread `adj` along the wrong axis. A row has one number for each column of the table; a column of shape (N, 1) has one for each row.
# ? Which numbers of a table should `torch.tensor([[1], [2], [3]])` raise by 1: a row or a column?
def adjust(temps, adj):
    if isinstance(adj, torch.Tensor) and adj.shape != temps.shape:
        adj = adj.flatten()
    return temps + adj

# %% mistake: column_broadcast_as_row
def adjust(temps, adj):
    if isinstance(adj, torch.Tensor) and adj.dim() == 1:
        adj = adj.reshape(-1, 1)
    return temps + adj

# %% mistake: column_broadcast_as_row
def adjust(temps, adj):
    if isinstance(adj, torch.Tensor) and adj.dim() == 1:
        return torch.stack([row + change for row, change in zip(temps, adj)])
    return temps + adj

# %% mistake: column_broadcast_as_row
def adjust(temps, adj):
    if isinstance(adj, torch.Tensor) and adj.shape != temps.shape:
        adj = adj.T if adj.dim() == 2 else adj
    return temps + adj

# %% mistake: no_error
# A change that does not fit got an answer all the same. Somebody who made a slip should hear of it.
# ? What would you rather have: an error at once, or temperatures that are wrong without a word?
def adjust(temps, adj):
    try:
        return temps + adj
    except RuntimeError:
        return temps

# %% mistake: no_error
def adjust(temps, adj):
    try:
        return temps + adj
    except RuntimeError:
        return None

# %% mistake: no_error
def adjust(temps, adj):
    try:
        return temps + adj
    except RuntimeError as problem:
        print(problem)
        return "the shapes do not fit"

# %% mistake: subtracts
# You subtracted; `adj` should be added.
# ? Should a change of +2 make a place warmer or colder?
def adjust(temps, adj):
    return temps - adj

# %% mistake: not_a_number
# Your code works for tensors only; `adj` may also be a plain number such as 2 or 1.5.
# ? Which attributes of `adj` do you use, and does a plain number have them?
def adjust(temps, adj):
    return temps + adj.expand(temps.shape)

# %% mistake: not_a_number
def adjust(temps, adj):
    if adj.dim() > 2:
        raise ValueError("too many dimensions")
    return temps + adj

# %% mistake: always_real
# Your sum of whole numbers came back as real numbers: whole numbers stay whole when they are added.
# ? What is the dtype of `temps + 2`, and which part of your code changes it?
def adjust(temps, adj):
    return temps.float() + adj

# %% mistake: not_on_the_device
# The sum is right, but it works on the CPU only: a tensor was made anew on the way, or NumPy took part.
# ? On which device is a new tensor made if nobody says where, and can NumPy read a tensor on a GPU?
def adjust(temps, adj):
    change = adj.tolist() if isinstance(adj, torch.Tensor) else adj
    return torch.tensor(temps.tolist(), dtype=temps.dtype) + torch.tensor(change)

# %% mistake: not_on_the_device
def adjust(temps, adj):
    change = adj.numpy() if isinstance(adj, torch.Tensor) else adj
    return torch.from_numpy(temps.numpy() + change)

# %% mistake: returns_nothing
# Your function returned None. Did you forget `return`?
# ? What does the line with your sum do with it?
def adjust(temps, adj):
    print(temps + adj)

# %% wrong: known_answer
def adjust(temps, adj):
    return torch.tensor([[32, 34, 35], [31, 33, 36]])

# %% wrong: always_two
def adjust(temps, adj):
    return temps + 2

# %% wrong: the_table
def adjust(temps, adj):
    return temps

# %% wrong: always_refuses
def adjust(temps, adj):
    raise ValueError("the shapes must be equal")

# %% wrong: a_number_stays_on_the_cpu
def adjust(temps, adj):
    return temps + torch.as_tensor(adj).expand(temps.shape)

# %% mistake: multiplies
# You multiplied; `adj` should be added.
# ? What are 30 degrees after a change of +2?
def adjust(temps, adj):
    return temps * adj

# %% mistake: always_whole
# Your sum was cut to whole numbers: real temperatures lose what stands behind the point.
# ? What is the dtype of 20.5 + 2, and which part of your code changes it?
def adjust(temps, adj):
    return (temps + adj).long()

# %% mistake: always_whole
def adjust(temps, adj):
    return (temps + adj).int()
