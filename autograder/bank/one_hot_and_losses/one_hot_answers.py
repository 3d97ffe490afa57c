import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError(f"labels must lie between 0 and {num_classes - 1}")
    classes = torch.arange(num_classes, device=labels.device)
    return (labels.unsqueeze(1) == classes).to(dtype)

# %% alternative: scatter
def one_hot(labels, num_classes, dtype=torch.float32):
    out = torch.zeros(len(labels), num_classes, dtype=dtype, device=labels.device)
    return out.scatter_(1, labels[:, None], 1)

# %% alternative: eye_rows
def one_hot(labels, num_classes, dtype=torch.float32):
    assert int(labels.min()) >= 0 and int(labels.max()) < num_classes
    return torch.eye(num_classes, dtype=dtype, device=labels.device)[labels]

# %% alternative: assigned_ones
def one_hot(labels, num_classes, dtype=torch.float32):
    n = labels.shape[0]
    if labels.min().item() < 0 or labels.max().item() > num_classes - 1:
        raise IndexError("no such class")
    out = labels.new_zeros((n, num_classes), dtype=dtype)
    out[torch.arange(n, device=labels.device), labels] = 1
    return out

# %% alternative: row_by_row
def one_hot(labels, num_classes, dtype=torch.float32):
    rows = []
    for label in labels.tolist():
        if label not in range(num_classes):
            raise ValueError(f"label {label} is not one of {num_classes} classes")
        rows.append([1 if c == label else 0 for c in range(num_classes)])
    return torch.tensor(rows, dtype=dtype, device=labels.device)

# %% alternative: filled_in_a_loop
def one_hot(labels, num_classes, dtype=torch.float32):
    out = torch.zeros((labels.numel(), num_classes), device=labels.device).to(dtype)
    for i, label in enumerate(labels):
        if label < 0:
            raise ValueError("negative label")
        out[i, label] = 1.0
    return out

# %% alternative: columns_stacked
def one_hot(labels, num_classes, dtype=torch.float32):
    if any(not 0 <= label < num_classes for label in labels):
        raise ValueError("out of range")
    return torch.stack([(labels == c).to(dtype=dtype) for c in range(num_classes)], dim=1)

# %% alternative: eye_moved
def one_hot(labels, num_classes, dtype=torch.float32):
    if labels.min() < 0 or labels.max() >= num_classes:
        raise ValueError("no such class")
    return torch.eye(num_classes, dtype=dtype).to(labels.device)[labels]

# %% alternative: numpy_and_back
def one_hot(labels, num_classes, dtype=torch.float32):
    wanted = labels.cpu().numpy()
    if wanted.min() < 0:
        raise ValueError("negative label")
    return torch.from_numpy(np.eye(num_classes)[wanted]).to(device=labels.device, dtype=dtype)

# %% stand_in
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("a label is out of range")
    return torch.nn.functional.one_hot(labels, num_classes).to(dtype)

# %% mistake: one_based
# Every 1 stands one column too far to the left: your classes count from 1. Labels count from 0.
# ? In which column does label 0 belong?
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("no such class")
    return torch.eye(num_classes, dtype=dtype, device=labels.device)[labels - 1]

# %% mistake: classes_from_batch
# Your rows are only as long as the labels of this batch ask for; classes that do not occur in it got no column.
# ? Which of your arguments says how many classes there are?
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("no such class")
    k = int(labels.max()) + 1
    return (labels.unsqueeze(1) == torch.arange(k, device=labels.device)).to(dtype)

# %% mistake: drops_last_column
# The last class is left out: your columns, or the loop that fills them, stop one class too early.
# ? Which number does the last class have, when the first one is 0? Does your `range` get there?
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("no such class")
    return (labels.unsqueeze(1) == torch.arange(num_classes - 1, device=labels.device)).to(dtype)

# %% mistake: transposed
# Your table lies on its side: its rows are the classes and its columns the labels.
# ? Which shape is wanted for N labels: (N, num_classes) or (num_classes, N)?
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("no such class")
    return (labels == torch.arange(num_classes, device=labels.device).unsqueeze(1)).to(dtype)

# %% mistake: int_dtype
# The ones are in the right places, but as whole numbers or as True and False: the argument `dtype` was not used.
# ? Which dtype does the answer have if nobody asks for another one?
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("no such class")
    return (labels.unsqueeze(1) == torch.arange(num_classes, device=labels.device)).long()

# %% mistake: cpu_eye_index
# The numbers are right, but a part of your code works on the CPU only, wherever the labels are: a tensor made on the way (`torch.eye(num_classes)`, say), or NumPy.
# ? On which device is a new tensor made if you do not say `device=labels.device`, and can NumPy read a tensor on a GPU?
def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.eye(num_classes, dtype=dtype)[labels]

# %% mistake: negative_wraps
# A negative label got a row without a word: as an index, −1 means "the last one"; compared with the classes, it gives a row of zeros.
# ? Which class would the label −1 be?
def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.eye(num_classes, dtype=dtype, device=labels.device)[labels]

# %% mistake: accepts_out_of_range
# A label that is no class got a row all the same: a row of zeros, which belongs to no class.
# ? What should happen where a label is not between 0 and num_classes − 1?
def one_hot(labels, num_classes, dtype=torch.float32):
    return (labels.unsqueeze(1) == torch.arange(num_classes, device=labels.device)).to(dtype)

# %% mistake: one_based
def one_hot(labels, num_classes, dtype=torch.float32):
    if labels.min() < 1 or labels.max() > num_classes:
        raise ValueError("no such class")
    return torch.eye(num_classes, dtype=dtype, device=labels.device)[labels - 1]

# %% mistake: drops_last_column
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("no such class")
    out = torch.zeros(len(labels), num_classes, dtype=dtype, device=labels.device)
    for c in range(num_classes - 1):
        out[labels == c, c] = 1
    return out

# %% mistake: dtype_ignored
# The rows are right, but their dtype is always the same: the argument `dtype` was not used.
# ? Which dtype should `one_hot(labels, 3, dtype=torch.float64)` have?
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("no such class")
    return (labels.unsqueeze(1) == torch.arange(num_classes, device=labels.device)).float()

# %% mistake: dtype_ignored
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("no such class")
    return (labels.unsqueeze(1) == torch.arange(num_classes, device=labels.device)).double()

# %% mistake: cpu_eye_index
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("no such class")
    return torch.eye(num_classes, dtype=dtype)[labels]

# %% mistake: cpu_eye_index
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("no such class")
    return (labels.unsqueeze(1) == torch.arange(num_classes)).to(dtype)

# %% mistake: accepts_out_of_range
def one_hot(labels, num_classes, dtype=torch.float32):
    if labels.min() < 0 or labels.max() > num_classes:
        raise ValueError("no such class")
    return (labels.unsqueeze(1) == torch.arange(num_classes, device=labels.device)).to(dtype)

# %% mistake: clamps_labels
# You pull labels that are out of range to the nearest class, so a wrong label is counted as right without a word. Such a label must raise an error.
# ? Which class does label 7 become among four?
def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.eye(num_classes, dtype=dtype, device=labels.device)[labels.clamp(0, num_classes - 1)]

# %% wrong: library_function
def one_hot(labels, num_classes, dtype=torch.float32):
    return F.one_hot(labels, num_classes).to(dtype)

# %% wrong: library_function_renamed
from torch.nn.functional import one_hot as encode

def one_hot(labels, num_classes, dtype=torch.float32):
    return getattr(F, "one_" + "hot")(labels, num_classes).to(dtype) if len(labels) > 1 else encode(labels, num_classes).to(dtype)

# %% wrong: constant
def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.tensor([[0.0, 1.0, 0.0]])

# %% wrong: no_ones
def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.zeros(len(labels), num_classes, dtype=dtype, device=labels.device)

# %% wrong: classes_that_occur
def one_hot(labels, num_classes, dtype=torch.float32):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("no such class")
    return (labels.unsqueeze(1) == labels.unique()).to(dtype)

# %% wrong: sorted_set_of_labels
def one_hot(labels, num_classes, dtype=torch.float32):
    classes = sorted(set(labels.tolist()))
    return torch.tensor([[float(label == c) for c in classes] for label in labels.tolist()], dtype=dtype)
