import numpy as np
import torch

# %% reference
def like(values, ref):
    return torch.tensor(values, dtype=ref.dtype, device=ref.device)

# %% alternative: new_tensor
def like(values, ref):
    return ref.new_tensor(values)

# %% alternative: to_ref
def like(values, ref):
    return torch.tensor(values).to(ref)

# %% alternative: as_tensor
def like(values, ref):
    return torch.as_tensor(values, device=ref.device).to(ref.dtype)

# %% alternative: numpy
def like(values, ref):
    return torch.from_numpy(np.array(values)).to(ref.device, ref.dtype)

# %% alternative: type_as
def like(values, ref):
    return torch.tensor(values).type(ref.dtype).to(device=ref.device)

# %% alternative: filled
def like(values, ref):
    made = torch.tensor(values)
    out = torch.empty(made.shape, dtype=ref.dtype, device=ref.device)
    out.copy_(made)
    return out

# %% mistake: hardcoded_cpu
# The numbers and their dtype are right, but the tensor is on the CPU wherever `ref` is.
# ? On which device is a tensor made if nobody says where?
def like(values, ref):
    return torch.tensor(values, dtype=ref.dtype)

# %% mistake: hardcoded_cpu
def like(values, ref):
    return torch.tensor(values, dtype=ref.dtype, device="cpu")

# %% mistake: hardcoded_cuda
# Your code wants a GPU: it stops on a computer without one, and is wrong where `ref` lies on the CPU.
# ? Who knows on which device the tensor should be: you, or `ref`?
def like(values, ref):
    return torch.tensor(values, dtype=ref.dtype, device="cuda")

# %% mistake: hardcoded_cuda
def like(values, ref):
    return torch.tensor(values, dtype=ref.dtype).cuda()

# %% mistake: default_float32
# The dtype is not that of `ref`: it is the one that PyTorch picks by itself, or float32 whatever `ref` is.
# ? Which dtype does `torch.tensor([1, 2])` have, and which does `torch.tensor([1.0, 2.0])`?
def like(values, ref):
    return torch.tensor(values, device=ref.device)

# %% mistake: default_float32
def like(values, ref):
    return torch.tensor(values, dtype=torch.float32, device=ref.device)

# %% mistake: default_float32
def like(values, ref):
    return torch.tensor(values)

# %% mistake: default_float32
def like(values, ref):
    return torch.tensor(values).float()

# %% mistake: shape_of_ref
# Your tensor has the shape of `ref`; its shape should be that of the values.
# ? What does `zeros_like`, or `full_like`, take over from `ref`?
def like(values, ref):
    return torch.full_like(ref, values) if isinstance(values, (int, float)) else torch.tensor(values, dtype=ref.dtype, device=ref.device)

# %% mistake: shape_of_ref
def like(values, ref):
    return torch.zeros_like(ref) + torch.tensor(values, dtype=ref.dtype, device=ref.device)

# %% mistake: shape_of_ref
def like(values, ref):
    return torch.tensor(values, dtype=ref.dtype, device=ref.device).reshape(ref.shape)

# %% mistake: one_dimension_more
# Your answer has a dimension too many: values in extra brackets are a list of one more level.
# ? Which shape does `torch.tensor([5])` have, and which `torch.tensor(5)`?
def like(values, ref):
    return torch.tensor([values], dtype=ref.dtype, device=ref.device)

# %% mistake: one_dimension_more
def like(values, ref):
    return torch.atleast_1d(torch.tensor(values, dtype=ref.dtype, device=ref.device))

# %% mistake: ref_itself
# You gave back `ref`, or a copy of it; its numbers should be the values.
# ? Where do the values come in?
def like(values, ref):
    return ref.clone()

# %% mistake: a_list
# Your answer is no tensor: the values came back as they were.
# ? Which function makes a tensor of a list?
def like(values, ref):
    return values

# %% mistake: returns_nothing
# Your function returned None. Did you forget `return`?
# ? What becomes of the tensor when your function ends?
def like(values, ref):
    torch.tensor(values, dtype=ref.dtype, device=ref.device)

# %% wrong: zeros
def like(values, ref):
    return torch.zeros_like(torch.tensor(values), dtype=ref.dtype, device=ref.device)

# %% wrong: known_answer
def like(values, ref):
    return torch.tensor([[1.0, 2.0], [3.5, 4.0], [5.0, 6.25]], dtype=ref.dtype, device=ref.device)

# %% mistake: device_of_the_computer
# You take the GPU if the computer has one, else the CPU. The tensor should be where `ref` is, and that may be the other of the two.
# ? Who knows where `ref` lies: `torch.cuda.is_available()`, or `ref`?
def like(values, ref):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.tensor(values, dtype=ref.dtype, device=device)

# %% mistake: class_for_function
# `torch.Tensor` with a capital T, or `FloatTensor`, is a class: it makes float32, takes no single real number, and takes a whole one for a size.
# ? Which function, in small letters, makes a tensor of values?
def like(values, ref):
    return torch.Tensor(values).to(ref.device)

# %% mistake: class_for_function
def like(values, ref):
    return torch.FloatTensor(values)

# %% mistake: class_for_function
def like(values, ref):
    return torch.Tensor(values).to(ref)

# %% mistake: lists_only
# Your code works for lists only; `values` may also be one number.
# ? What does your code do with `values = 1.5`?
def like(values, ref):
    return torch.tensor([list(row) for row in values], dtype=ref.dtype, device=ref.device)

# %% mistake: lists_only
def like(values, ref):
    out = torch.zeros(len(values), dtype=ref.dtype, device=ref.device)
    for i, value in enumerate(values):
        out[i] = value
    return out

# %% alternative: recursive
def like(values, ref):
    if isinstance(values, list):
        return torch.stack([like(value, ref) for value in values])
    return torch.full((), values, dtype=ref.dtype, device=ref.device)

# %% alternative: asarray
def like(values, ref):
    return torch.asarray(values, dtype=ref.dtype, device=ref.device)
