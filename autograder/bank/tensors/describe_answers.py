import math
import numpy as np
import torch

# %% reference
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.ndim, "numel": t.numel(), "device": t.device}

# %% alternative: methods
def describe(t):
    return dict(shape=t.size(), dtype=t.dtype, ndim=t.dim(), numel=t.nelement(), device=t.device)

# %% alternative: texts
def describe(t):
    out = {}
    out["device"] = str(t.device)
    out["dtype"] = str(t.dtype)
    out["shape"] = list(t.shape)
    out["ndim"] = len(t.shape)
    out["numel"] = math.prod(t.shape)
    return out

# %% alternative: counted
def describe(t):
    count = 1
    dims = 0
    for size in t.shape:
        count *= size
        dims += 1
    return {"shape": t.shape, "dtype": t.dtype, "ndim": dims, "numel": count, "device": t.device.type}

# %% alternative: numpy_numbers
def describe(t):
    return {"shape": tuple(np.array(t.shape, dtype=int)), "dtype": t.dtype, "ndim": np.int64(t.dim()),
            "numel": torch.tensor(t.numel()), "device": t.device}

# %% mistake: len_as_numel
# `numel` is the length of the tensor, so only its first dimension; all elements are wanted.
# ? How many numbers are there in a table of 2 rows and 3 columns, and what is its `len`?
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.ndim, "numel": len(t), "device": t.device}

# %% mistake: shape0_as_ndim
# `ndim` is the size of the first dimension; wanted is how many dimensions there are.
# ? A table of 4 rows and 3 columns: how many indices does it take to point at one number?
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.shape[0], "numel": t.numel(), "device": t.device}

# %% mistake: size_method_not_called
# One of your entries is a method itself and not what it answers: the brackets after its name are missing.
# ? What does `t.numel` show without brackets, and what with them?
def describe(t):
    return {"shape": t.size, "dtype": t.dtype, "ndim": t.ndim, "numel": t.numel(), "device": t.device}

# %% mistake: size_method_not_called
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.ndim, "numel": t.numel, "device": t.device}

# %% mistake: size_method_not_called
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.dim, "numel": t.numel(), "device": t.device}

# %% mistake: size_method_not_called
def describe(t):
    return {"shape": t.size, "dtype": t.dtype, "ndim": t.dim, "numel": t.numel, "device": t.device}

# %% mistake: size_method_not_called
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.dim, "numel": t.numel, "device": t.device}

# %% mistake: size_method_not_called
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.type, "ndim": t.ndim, "numel": t.numel(), "device": t.device}

# %% mistake: len_as_numel
def describe(t):
    n = t.shape[0] if t.ndim else 1
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.ndim, "numel": n, "device": t.device}

# %% mistake: shape0_as_ndim
def describe(t):
    n = len(t) if t.shape else 0
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": n, "numel": t.numel(), "device": t.device}

# %% mistake: tables_only
# One of your entries is made for tables only: with `t.shape[0]` and `t.shape[1]`, or a 2 for `ndim`. A vector has one size, a block of numbers has three.
# ? What is your entry for one size, for three, and for none?
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.ndim, "numel": t.shape[0] * t.shape[1], "device": t.device}

# %% mistake: sum_of_sizes
# `numel` is the sum of the sizes; rows and columns are multiplied to count a table.
# ? How many numbers are there in a table of 2 rows and 3 columns: 5 or 6?
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.ndim, "numel": sum(t.shape), "device": t.device}

# %% mistake: bytes_as_numel
# `numel` is the memory in bytes; wanted is how many numbers there are, whatever each of them takes.
# ? Should ten numbers of 64 bits count more than ten numbers of 16 bits?
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.ndim, "numel": t.nbytes, "device": t.device}

# %% mistake: type_for_dtype
# `dtype` holds the kind of tensor (`type`), not the kind of its numbers (`dtype`).
# ? What do `t.dtype` and `t.type()` show for a tensor of whole numbers?
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.type(), "ndim": t.ndim, "numel": t.numel(), "device": t.device}

# %% mistake: type_for_dtype
def describe(t):
    return {"shape": tuple(t.shape), "dtype": type(t), "ndim": t.ndim, "numel": t.numel(), "device": t.device}

# %% mistake: cpu_always
# You say "cpu" of a tensor that lies elsewhere.
# ? Which attribute of `t` knows where it lies?
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.ndim, "numel": t.numel(), "device": "cpu"}

# %% mistake: returns_nothing
# Your function returned None: printing shows a result, `return` gives it to the caller.
# ? What is `x` after `x = print(5)`?
def describe(t):
    print({"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.ndim, "numel": t.numel(), "device": t.device})

# %% wrong: known_answer
def describe(t):
    return {"shape": (2, 3), "dtype": torch.int64, "ndim": 2, "numel": 6, "device": "cpu"}

# %% wrong: float_always
def describe(t):
    return {"shape": tuple(t.shape), "dtype": torch.float32, "ndim": t.ndim, "numel": t.numel(), "device": t.device}

# %% wrong: the_tensor_itself
def describe(t):
    return t

# %% mistake: tables_only
def describe(t):
    return {"shape": (t.shape[0], t.shape[1]), "dtype": t.dtype, "ndim": t.ndim, "numel": t.numel(), "device": t.device}

# %% mistake: tables_only
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": 2, "numel": t.numel(), "device": t.device}

# %% mistake: type_for_dtype
def describe(t):
    return {"shape": tuple(t.shape), "dtype": type(t[0][0]), "ndim": t.ndim, "numel": t.numel(), "device": t.device}

# %% mistake: type_of_one_number
# `dtype` holds Python's type of one number; the tensor knows the dtype of them all, with its 8, 16, 32 or 64 bits.
# ? What does `t.dtype` show for `torch.tensor([1.5])`, and what does `type(1.5)`?
def describe(t):
    return {"shape": tuple(t.shape), "dtype": type(t.flatten()[0].item()), "ndim": t.ndim, "numel": t.numel(), "device": t.device}

# %% mistake: not_a_dict
# The five answers are not in a dict, so nobody can ask for them by name.
# ? How is a dict written that has the key "shape"?
def describe(t):
    return tuple(t.shape), t.dtype, t.ndim, t.numel(), t.device

# %% mistake: not_a_dict
def describe(t):
    return [tuple(t.shape), t.dtype, t.ndim, t.numel(), t.device]

# %% mistake: not_a_dict
# Braces without keys are a set.
def describe(t):
    return {tuple(t.shape), t.dtype, t.ndim, t.numel(), t.device}

# %% mistake: first_size_as_shape
# `shape` is the size of the first dimension only; all sizes are wanted, in a tuple.
# ? What is `t.shape` of a table of 2 rows and 3 columns, and what is `t.shape[0]`?
def describe(t):
    return {"shape": t.shape[0], "dtype": t.dtype, "ndim": t.ndim, "numel": t.numel(), "device": t.device}

# %% mistake: first_size_as_shape
def describe(t):
    return {"shape": len(t), "dtype": t.dtype, "ndim": t.ndim, "numel": t.numel(), "device": t.device}

# %% mistake: swapped_counts
# `ndim` and `numel` have changed places: `ndim` counts the dimensions, `numel` the numbers.
# ? How many numbers are in a table of 2 rows and 3 columns, and how many dimensions has it?
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.numel(), "numel": t.ndim, "device": t.device}

# %% wrong: counts_what_is_not_zero
def describe(t):
    return {"shape": tuple(t.shape), "dtype": t.dtype, "ndim": t.ndim, "numel": t.count_nonzero().item(), "device": t.device}

# %% alternative: by_name
def describe(t):
    facts = {key: getattr(t, key) for key in ("shape", "dtype", "ndim", "device")}
    facts["numel"] = t.shape.numel()
    return facts
