import numpy as np
import torch

# %% reference
def safe_mean(t):
    return (t if t.is_floating_point() else t.float()).mean()

# %% alternative: by_dtype
def safe_mean(t):
    if t.dtype in (torch.float16, torch.bfloat16, torch.float32, torch.float64):
        return torch.mean(t)
    return torch.mean(t.to(torch.float32))

# %% alternative: dtype_argument
def safe_mean(t):
    return t.mean(dtype=t.dtype if t.dtype.is_floating_point else torch.float32)

# %% alternative: try_first
def safe_mean(t):
    try:
        return t.mean()
    except RuntimeError:
        return t.float().mean()

# %% alternative: true_division
def safe_mean(t):
    return t.sum() / t.numel()

# %% alternative: plain_python
def safe_mean(t):
    numbers = t.flatten().tolist()
    if not numbers:
        return float("nan")
    return sum(numbers) / len(numbers)

# %% alternative: numpy
def safe_mean(t):
    return np.mean(t.numpy(), dtype=np.float64) if t.numel() else np.nan

# %% mistake: mean_on_int_crashes
# Your code stops at a tensor of whole numbers or flags: PyTorch takes a mean of real numbers only.
# ? Into which dtype would you turn `torch.tensor([1, 2])` before you take its mean?
def safe_mean(t):
    return t.mean()

# %% mistake: mean_on_int_crashes
# Flags only.
def safe_mean(t):
    if t.dtype in (torch.int64, torch.int32):
        t = t.float()
    return t.mean()

# %% mistake: integer_division
# Your mean of whole numbers was cut to a whole number.
# ? What is the mean of 1 and 2?
def safe_mean(t):
    return t.sum() // t.numel() if t.numel() else torch.tensor(float("nan"))

# %% mistake: integer_division
def safe_mean(t):
    if t.is_floating_point():
        return t.mean()
    return t.float().mean().to(t.dtype) if t.numel() else torch.tensor(float("nan"))

# %% mistake: integer_division
def safe_mean(t):
    if t.is_floating_point() or not t.numel():
        return t.float().mean()
    return int(t.sum()) // t.numel()

# %% mistake: integer_division
def safe_mean(t):
    return int(t.float().mean()) if t.numel() else float("nan")

# %% mistake: mutates_dtype
# The number is right, but the dtype of real numbers changed on the way: float64 must stay float64, float32 must stay float32.
# ? Which tensors need `.float()` at all?
def safe_mean(t):
    return t.float().mean()

# %% mistake: mutates_dtype
def safe_mean(t):
    return t.double().mean()

# %% mistake: mutates_dtype
# float32 for whole numbers, as it should be, and for nothing else.
def safe_mean(t):
    return (t.double() if t.is_floating_point() else t.float()).mean()

# %% mistake: double_for_whole
# The mean of whole numbers came back as float64; PyTorch's usual dtype, float32, is wanted there.
# ? What does `.float()` make, and what does `.double()`?
def safe_mean(t):
    return (t if t.is_floating_point() else t.double()).mean()

# %% mistake: empty_crashes
# Your code stops at an empty tensor: plain Python can't divide by 0. The answer there is NaN.
# ? What does `torch.zeros(0).mean()` say?
def safe_mean(t):
    total = 0.0
    for number in t.flatten().tolist():
        total += number
    return total / t.numel()

# %% mistake: zero_for_empty
# You answer 0 for an empty tensor. 0 is a mean that numbers can have; of no numbers there is none, and that is NaN.
# ? How could a reader of your answer tell "no measurements" from "zero degrees"?
def safe_mean(t):
    if t.numel() == 0:
        return torch.tensor(0.0)
    return (t if t.is_floating_point() else t.float()).mean()

# %% mistake: zero_for_empty
def safe_mean(t):
    return t.sum() / max(t.numel(), 1)

# %% mistake: divides_by_rows
# Your sum is divided by the number of rows; a table has more numbers than rows.
# ? What is `len(t)` for a tensor of shape (3, 4), and how many numbers did you add up?
def safe_mean(t):
    return t.sum() / (len(t) if t.dim() else 1)

# %% mistake: mean_of_rows
# One number came back for each row or column; the mean of all numbers is one number.
# ? Which dimensions does `mean(dim=0)` leave?
def safe_mean(t):
    t = t if t.is_floating_point() else t.float()
    return t.mean(dim=0) if t.numel() else t.mean()

# %% mistake: mean_of_rows
def safe_mean(t):
    t = t if t.is_floating_point() else t.float()
    return t.mean(dim=-1) if t.dim() else t

# %% mistake: sum_not_mean
# You answer the sum of all numbers; a mean is divided by how many there are.
# ? What is the mean of 3 and 6?
def safe_mean(t):
    return t.float().sum() if t.dtype != torch.float64 else t.sum()

# %% mistake: median
# You answer the median, the number in the middle; the mean is the sum divided by the count.
# ? What are the mean and the median of 0, 0 and 9?
def safe_mean(t):
    t = t if t.is_floating_point() else t.float()
    return t.median() if t.numel() else t.mean()

# %% mistake: returns_nothing
# Your function returned None. Did you forget `return`?
# ? What does the last line of your function do with the mean?
def safe_mean(t):
    (t if t.is_floating_point() else t.float()).mean()

# %% wrong: first_number
def safe_mean(t):
    return t.flatten()[0].float()

# %% wrong: constant
def safe_mean(t):
    return torch.tensor(float("nan"))

# %% wrong: unchanged
def safe_mean(t):
    return t

# %% mistake: none_for_empty
# For an empty tensor you return None; the text wants NaN, which is a number of its own kind, and with which one can compute.
# ? What does `torch.zeros(0).mean()` say?
def safe_mean(t):
    if t.numel() == 0:
        return None
    return (t if t.is_floating_point() else t.float()).mean()

# %% mistake: mean_on_int_crashes
# All but uint8 and its like.
def safe_mean(t):
    if t.dtype == torch.int64 or t.dtype == torch.bool:
        t = t.float()
    return t.mean()

# %% mistake: integer_division
def safe_mean(t):
    return t.float().mean().to(t.dtype)

# %% mistake: counts_flags
# For flags you answer how many are True; their mean is that count divided by how many there are.
# ? What is the mean of True, False, False and False, if True counts 1?
def safe_mean(t):
    if t.dtype == torch.bool:
        return t.sum()
    return (t if t.is_floating_point() else t.float()).mean()

# %% mistake: no_single_number
# Your code asks for the length of `t`; a tensor with no dimension, a single number, has none.
# ? What does `t.numel()` say for `torch.tensor(5)`, and what does `len(t)`?
def safe_mean(t):
    if len(t) == 0:
        return float("nan")
    return (t if t.is_floating_point() else t.float()).mean()
