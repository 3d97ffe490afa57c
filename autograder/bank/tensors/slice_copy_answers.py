import copy
import numpy as np
import torch

# %% reference
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% alternative: contiguous_rows
def slice_copy(A, rows, cols):
    return A[slice(*rows), slice(*cols)].detach().clone()

def shares(first, second, change):
    before = first.tolist()
    change(second)
    return before != first.tolist()

def fill(x):
    x[...] = 7

_A = torch.zeros(2, 2)
_n = np.zeros(3)
alias_quiz = {
    "slice": shares(_A, _A[:, :1], fill),
    "slice_clone": shares(torch.zeros(2, 2), torch.zeros(2, 2)[:, :1].clone(), fill),
    "from_numpy": shares(_n, torch.from_numpy(_n), fill),
    "torch_tensor": shares(np.zeros(3), torch.tensor(np.zeros(3)), fill),
    "to_numpy": True,
    "plus_zero": False,
}

# %% alternative: tried_out
def slice_copy(A, rows, cols):
    return A.narrow(0, rows[0], rows[1] - rows[0]).narrow(1, cols[0], cols[1] - cols[0]).detach().clone()

def changed(first, second):
    second[0] = 5
    return first[0] == 5  # a NumPy flag or a tensor with one flag, and no plain True

_A, _B, _C, _D = (torch.zeros(3) for _ in range(4))
_n, _m = np.zeros(3), np.zeros(3)
alias_quiz = {
    "slice": changed(_A, _A[:2]),
    "slice_clone": changed(_B, _B[:2].clone()),
    "from_numpy": changed(_n, torch.from_numpy(_n)),
    "torch_tensor": changed(_m, torch.tensor(_m)),
    "to_numpy": changed(_C, _C.numpy()),
    "plus_zero": changed(_D, _D + 0),
}

# %% alternative: picked_by_index
def slice_copy(A, rows, cols):
    return A[torch.arange(*rows)][:, torch.arange(*cols)]

alias_quiz = dict(slice=True, from_numpy=True, to_numpy=True, slice_clone=False, torch_tensor=False, plus_zero=False)

# %% alternative: numpy
def slice_copy(A, rows, cols):
    return torch.from_numpy(A.numpy()[rows[0]:rows[1], cols[0]:cols[1]].copy())

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% alternative: plain_python
def slice_copy(A, rows, cols):
    return torch.tensor([[A[i, j].item() for j in range(*cols)] for i in range(*rows)], dtype=A.dtype)

def alias_quiz():
    shared = ("slice", "from_numpy", "to_numpy")
    return {key: key in shared for key in ("slice", "slice_clone", "from_numpy", "torch_tensor", "to_numpy", "plus_zero")}

# %% alternative: filled
def slice_copy(A, rows, cols):
    out = torch.empty(rows[1] - rows[0], cols[1] - cols[0], dtype=A.dtype)
    out[:] = A.narrow(0, rows[0], len(out)).narrow(1, cols[0], out.shape[1])
    return out

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: slice_is_copy
# In the quiz, you take a slice for a copy. It looks at the memory of the table that it was cut from.
# ? Run `A = torch.zeros(2, 2); part = A[:, :1]; part[0, 0] = 7`. What is in `A` now?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": False, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: from_numpy_is_copy
# In the quiz, you take `torch.from_numpy` for a copy. Tensor and array share one memory.
# ? Run `n = np.zeros(3); t = torch.from_numpy(n); t[0] = 7`. What is in `n` now?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": False, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: clone_missing
# The right part came back, but it shares memory with A: a change in it changed A.
# ? Which method gives a slice memory of its own?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]]

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: clone_missing
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].detach()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: stop_included
# Your part has a row and a column too many: the stop is not included, as in `range`.
# ? Which numbers does `range(1, 3)` give?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1] + 1, cols[0]:cols[1] + 1].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: rows_and_cols_swapped
# You cut the rows out by `cols` and the columns by `rows`.
# ? Which index of `A[i, j]` counts the rows?
def slice_copy(A, rows, cols):
    return A[cols[0]:cols[1], rows[0]:rows[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: pairs_as_indices
# You used (first, stop) as two indices, so single rows, columns or numbers were picked. A range of them is wanted.
# ? What is the difference between `A[(1, 3), :]` and `A[1:3, :]`?
def slice_copy(A, rows, cols):
    return A[rows, cols]

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: pairs_as_indices
def slice_copy(A, rows, cols):
    return A[list(rows)][:, list(cols)]

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: second_slice_on_rows
# Your second slice cut rows again: after `A[...]`, another `[...]` starts with the rows once more.
# ? What does `A[1:3][0:2]` cut, and what does `A[1:3, 0:2]`?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1]][cols[0]:cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: edits_A
# Numbers of the part changed: something in your code writes into the slice, and so into A.
# ? Which of your lines changes numbers instead of copying them?
def slice_copy(A, rows, cols):
    A = A[rows[0]:rows[1], cols[0]:cols[1]].zero_()
    return A.clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: nothing_is_shared
# In the quiz, you say that nothing shares memory. Three of the six do: they look at the same numbers in another way.
# ? Would PyTorch copy a table of a million rows only to show you ten of them?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": False, "slice_clone": False, "from_numpy": False, "torch_tensor": False, "to_numpy": False, "plus_zero": False}

# %% mistake: everything_is_shared
# In the quiz, you say that everything shares memory. Three of the six make a tensor of their own.
# ? Where does the result of a sum go, if `A` must not change?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": True, "from_numpy": True, "torch_tensor": True, "to_numpy": True, "plus_zero": True}

# %% mistake: to_numpy_is_copy
# In the quiz, you take `.numpy()` for a copy. Array and tensor share one memory.
# ? Run `t = torch.zeros(3); n = t.numpy(); n[0] = 7`. What is in `t` now?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": False, "plus_zero": False}

# %% mistake: numpy_is_copied
# In the quiz, you take both ways between PyTorch and NumPy for copies. `torch.from_numpy` and `.numpy()` look at the same memory.
# ? Run `t = torch.zeros(3); n = t.numpy(); n[0] = 7`. What is in `t` now?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": False, "torch_tensor": False, "to_numpy": False, "plus_zero": False}

# %% mistake: torch_tensor_shares
# In the quiz, you say that `torch.tensor(array)` shares memory with the array. It always copies.
# ? Which of the two says in its name that it only looks: `torch.tensor` or `torch.from_numpy`?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": True, "to_numpy": True, "plus_zero": False}

# %% mistake: torch_tensor_shares
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": False, "torch_tensor": True, "to_numpy": True, "plus_zero": False}

# %% mistake: clone_shares
# In the quiz, you say that a clone shares memory with the slice. To have memory of its own is all that `clone` is for.
# ? What is the difference between a photo of a table and a window onto it?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": True, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: clone_shares
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": False, "slice_clone": True, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: sum_shares
# In the quiz, you say that `A + 0` shares memory with A. Each sum is a new tensor, also where nothing is added.
# ? Does `B = A + 0; B[0, 0] = 7` change A? Try it.
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": True}

# %% mistake: sum_shares
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": False, "plus_zero": True}

# %% wrong: the_table
def slice_copy(A, rows, cols):
    return A.clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% wrong: zeros
def slice_copy(A, rows, cols):
    return torch.zeros(rows[1] - rows[0], cols[1] - cols[0])

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% wrong: quiz_of_texts
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = dict.fromkeys(["slice", "slice_clone", "from_numpy", "torch_tensor", "to_numpy", "plus_zero"], "yes")

# %% mistake: real_numbers_only
# You turned the numbers into real ones; a table of whole numbers must stay one.
# ? Which dtype has `A`, and which has your copy?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].float().clone()

alias_quiz = dict(slice=True, from_numpy=True, to_numpy=True, slice_clone=False, torch_tensor=False, plus_zero=False)

# %% wrong: dtype_lost
def slice_copy(A, rows, cols):
    return torch.tensor(A[rows[0]:rows[1], cols[0]:cols[1]].tolist())

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: contiguous_is_no_copy
# Your part shares memory with A where it is made of whole rows, or of one row: `contiguous` copies only what does not lie in one piece already.
# ? Which method copies whatever it is given?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].contiguous()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: slice_taken_for_copy
# You take a slice for a copy, in your function and in the quiz: a change in your part changed A.
# ? Run `A = torch.zeros(2, 2); part = A[:, :1]; part[0, 0] = 7`. What is in `A` now?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]]

alias_quiz = {"slice": False, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: quiz_upside_down
# In the quiz, every entry is the wrong way round: True means that the two share memory.
# ? If a change in the second changes the first, is that True or False?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": False, "slice_clone": True, "from_numpy": False, "torch_tensor": True, "to_numpy": False, "plus_zero": True}

# %% mistake: texts_for_flags
# Your entries in the quiz are texts: True and False are written without quotes.
# ? What is `bool("False")`?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": "True", "slice_clone": "False", "from_numpy": "True", "torch_tensor": "False", "to_numpy": "True", "plus_zero": "False"}

# %% mistake: stop_as_count
# You took the second number of a pair for a count: `(first, stop)` says where to start and where to stop.
# ? How many rows are there from row 1 up to row 3, if row 3 is not among them?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[0] + rows[1], cols[0]:cols[0] + cols[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: counted_from_one
# Your part begins a row and a column too early: rows and columns are counted from 0, here as everywhere in Python.
# ? Which number has the first row?
def slice_copy(A, rows, cols):
    return A[rows[0] - 1:rows[1] - 1, cols[0] - 1:cols[1] - 1].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: numbers_written_down
# Your function cuts out rows 1 and 2 and columns 0 and 1, whatever `rows` and `cols` say.
# ? Where in your function do `rows` and `cols` come in?
def slice_copy(A, rows, cols):
    return A[1:3, 0:2].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% mistake: rows_only
# Your part has all columns: you cut by `rows`, and `cols` is not used.
# ? What stands behind the comma in `A[..., ...]`?
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1]].clone()

alias_quiz = {"slice": True, "slice_clone": False, "from_numpy": True, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% wrong: half_of_the_quiz
def slice_copy(A, rows, cols):
    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()

alias_quiz = {"slice": False, "slice_clone": False, "from_numpy": False, "torch_tensor": False, "to_numpy": True, "plus_zero": False}

# %% alternative: deep_copy
def slice_copy(A, rows, cols):
    return copy.deepcopy(A[rows[0]:rows[1], cols[0]:cols[1]])

alias_quiz = {key: key in ("slice", "from_numpy", "to_numpy") for key in ["slice", "slice_clone", "from_numpy", "torch_tensor", "to_numpy", "plus_zero"]}
