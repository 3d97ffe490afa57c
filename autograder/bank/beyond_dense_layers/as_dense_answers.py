import numpy as np
import torch

# %% reference
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        W[i, i : i + k] = kernel
    return W


def weight_counts(n, k):
    return (n - k + 1) * n, k

# %% alternative: numpy
def as_dense(kernel, n):
    k = len(kernel)
    padded = np.concatenate([kernel.numpy(), np.zeros(n - k)])
    return np.stack([np.roll(padded, i) for i in range(n - k + 1)])


def weight_counts(n, k):
    return [n * (n - k + 1), k]

# %% alternative: diagonals
def as_dense(kernel, n):
    k = len(kernel)
    rows = n - k + 1
    W = torch.zeros(rows, n)
    for j in range(k):
        W += torch.diag(kernel[j].repeat(rows), j)[:rows, :n] if j == 0 and rows == n else torch.eye(n).roll(j, 1)[:rows] * kernel[j]
    return W


def weight_counts(n, k):
    return torch.zeros(n - k + 1, n).numel(), torch.zeros(k).numel()

# %% alternative: columns_from_unit_vectors
def as_dense(kernel, n):
    unit = torch.eye(n)
    return torch.stack([unit[j].unfold(0, len(kernel), 1) @ kernel for j in range(n)], dim=1)


def weight_counts(n, k):
    return (n - k + 1) * n, k

# %% mistake: transposed
# Your matrix lies on its side. A dense layer keeps its weight as (outputs, inputs): (n − k + 1, n).
# ? Which shape must W have so that W @ x has n − k + 1 numbers?
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        W[i, i : i + k] = kernel
    return W.T


def weight_counts(n, k):
    return (n - k + 1) * n, k

# %% mistake: flipped_kernel
# The kernel stands in your rows the wrong way round.
# ? Which number of the kernel meets the first input in the first row?
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        W[i, i : i + k] = kernel.flip(0)
    return W


def weight_counts(n, k):
    return (n - k + 1) * n, k

# %% mistake: wraps_around
# You have n rows: in the last ones the kernel leaves the row and comes in again on the left. Only the places inside count.
# ? At how many places does a kernel of 3 fit into 5 numbers?
def as_dense(kernel, n):
    row = torch.cat([kernel, torch.zeros(n - len(kernel))])
    return torch.stack([row.roll(i) for i in range(n)])


def weight_counts(n, k):
    return (n - k + 1) * n, k

# %% mistake: not_shifted
# The kernel stands at the same place in every row. It moves by one from row to row.
# ? Which inputs does the second output look at?
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        W[i, :k] = kernel
    return W


def weight_counts(n, k):
    return (n - k + 1) * n, k

# %% mistake: last_row_missing
# The last place of the kernel is missing.
# ? At how many places does a kernel of 3 fit into 5 numbers?
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k, n)
    for i in range(n - k):
        W[i, i : i + k] = kernel
    return W


def weight_counts(n, k):
    return (n - k + 1) * n, k

# %% mistake: rows_all_free
# There are numbers in your matrix outside of the kernel. Everything else is 0.
# ? Does the first output look at the last input?
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.ones(n - k + 1, n)
    for i in range(n - k + 1):
        W[i, i : i + k] = kernel
    return W


def weight_counts(n, k):
    return (n - k + 1) * n, k

# %% mistake: counts_only_the_links
# Your count of the dense layer leaves out the zeros. A dense layer may choose them freely: they count.
# ? How many numbers has a weight of shape (3, 5)?
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        W[i, i : i + k] = kernel
    return W


def weight_counts(n, k):
    return (n - k + 1) * k, k

# %% mistake: sharing_counted_again
# The shared kernel is one: its k numbers count once, however often it is used.
# ? How many numbers change if you change the first number of the kernel?
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        W[i, i : i + k] = kernel
    return W


def weight_counts(n, k):
    return (n - k + 1) * n, (n - k + 1) * k

# %% mistake: counts_swapped
# The two counts are swapped: first the dense layer, then the shared kernel.
# ? Which of the two needs fewer numbers?
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        W[i, i : i + k] = kernel
    return W


def weight_counts(n, k):
    return k, (n - k + 1) * n

# %% mistake: counts_biases
# Your counts hold biases too. Only the weights are asked for.
# ? How many weights has a kernel of 3?
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        W[i, i : i + k] = kernel
    return W


def weight_counts(n, k):
    return (n - k + 1) * (n + 1), k + 1

# %% mistake: square_layer
# You counted n · n weights. There are n − k + 1 outputs.
# ? How many outputs has a kernel of 3 on 5 numbers?
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        W[i, i : i + k] = kernel
    return W


def weight_counts(n, k):
    return n * n, k

# %% wrong: visible_values
def as_dense(kernel, n):
    return torch.tensor([[1.0, -2.0, 3.0, 0.0, 0.0], [0.0, 1.0, -2.0, 3.0, 0.0], [0.0, 0.0, 1.0, -2.0, 3.0]])


def weight_counts(n, k):
    return 15, 3

# %% wrong: zeros
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        W[i] = 0
    return W


def weight_counts(n, k):
    return (n - k + 1) * n, k

# %% mistake: counts_inputs_times_kernel
# You count n · k weights. The dense layer has one for every pair of an output and an input, and n − k + 1 outputs.
# ? How many rows and columns has W?
def as_dense(kernel, n):
    k = len(kernel)
    W = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        W[i, i : i + k] = kernel
    return W


def weight_counts(n, k):
    return n * k, k
