import numpy as np
import torch

# %% reference
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch

# %% alternative: one_case_each
def to_device(batch, device):
    if torch.is_tensor(batch):
        return batch.to(device=device)
    if type(batch) is list:
        return [to_device(item, device) for item in batch]
    if type(batch) is tuple:
        return tuple([to_device(item, device) for item in batch])
    if type(batch) is dict:
        moved = {}
        for key in batch:
            moved[key] = to_device(batch[key], device)
        return moved
    return batch

# %% alternative: match
def to_device(batch, device):
    match batch:
        case torch.Tensor():
            return batch.to(torch.device(device), non_blocking=True)
        case dict():
            return dict((k, to_device(v, device)) for k, v in batch.items())
        case list():
            return list(map(lambda item: to_device(item, device), batch))
        case tuple():
            return tuple(map(lambda item: to_device(item, device), batch))
        case _:
            return batch

# %% alternative: asks_for_to
def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if hasattr(batch, "items"):
        return {k: to_device(v, device) for k, v in batch.items()}
    if isinstance(batch, (tuple, list)):
        new = [to_device(v, device) for v in batch]
        return tuple(new) if isinstance(batch, tuple) else new
    return batch

# %% mistake: forgets_dict
# Tensors inside a dict stay where they were. Many loaders give dicts.
# ? What does your function do with {"x": tensor}?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch

# %% mistake: returns_none
# Nothing comes back. `tensor.to(device)` makes a new tensor, which must be returned.
# ? What does your function return for a list?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        batch.to(device)
    elif isinstance(batch, dict):
        for value in batch.values():
            to_device(value, device)
    elif isinstance(batch, (list, tuple)):
        for item in batch:
            to_device(item, device)

# %% mistake: returns_none
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    elif isinstance(batch, dict):
        for value in batch.values():
            to_device(value, device)
    elif isinstance(batch, (list, tuple)):
        for item in batch:
            to_device(item, device)

# %% mistake: moves_in_place
# The containers that were given are changed in place. Whoever called your function still has the old batch, and wonders.
# ? Does your function build a new list, or write into the old one?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        for key in batch:
            batch[key] = to_device(batch[key], device)
        return batch
    if isinstance(batch, list):
        for i in range(len(batch)):
            batch[i] = to_device(batch[i], device)
        return batch
    if isinstance(batch, tuple):
        return tuple(to_device(item, device) for item in batch)
    return batch

# %% mistake: forgets_result
# `.to(device)` was called, but the tensor that came of it was thrown away: it does not work in place.
# ? What does `t.to(device)` do with `t` itself?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        batch.to(device)
    elif isinstance(batch, dict):
        for value in batch.values():
            to_device(value, device)
    elif isinstance(batch, (list, tuple)):
        for item in batch:
            to_device(item, device)
    return batch

# %% mistake: not_nested
# Only the outermost list, tuple or dict is looked into. What lies deeper stays where it was.
# ? What happens to a list inside of a dict?
def to_device(batch, device):
    def moved(value):
        return value.to(device) if isinstance(value, torch.Tensor) else value
    if isinstance(batch, dict):
        return {key: moved(value) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(moved(item) for item in batch)
    return moved(batch)

# %% mistake: tuple_becomes_list
# A tuple came back as a list. Each container should come back as its own kind.
# ? What do square brackets around a loop make?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return [to_device(item, device) for item in batch]
    return batch

# %% mistake: moves_everything
# Your code calls `.to` on what is no tensor: a text or a number has no such method, and the code stops.
# ? What is `"frog".to("cpu")`?
def to_device(batch, device):
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch.to(device)

# %% mistake: drops_the_rest
# What is no tensor is gone, or has become None. Texts, numbers and None should stay as they are.
# ? What does your function return for a text?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)

# %% wrong: always_the_cpu
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.cpu()
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch

# %% mistake: forgets_tuple
# Tensors inside a tuple stay where they were. A loader of pairs gives tuples or lists.
# ? What does your function do with (x, y)?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, list):
        return [to_device(item, device) for item in batch]
    return batch

# %% mistake: changes_the_dtype
# Your tensors change their dtype on the way. Moving keeps dtype and values.
# ? What does `.float()` do to labels?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.float().to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch

# %% wrong: unchanged
def to_device(batch, device):
    return batch

# %% wrong: new_numbers
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return torch.zeros_like(batch, device=device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch

# %% mistake: always_cuda
# You move everything to the GPU, whatever `device` says, and stop where there is none.
# ? Which argument says where the batch should go?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.cuda()
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch

# %% mistake: leaves_out_what_is_no_tensor
# Texts and None are left out. What is not a tensor comes back as it is.
# ? How many items has a list before and after?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items() if not isinstance(value, str)}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch if item is not None and not isinstance(item, str))
    return batch

# %% mistake: makes_a_generator
# Round brackets around a `for` make a generator, not a tuple.
# ? What does `type((x for x in [1, 2]))` say, and how do you make a tuple of it?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return (to_device(item, device) for item in batch)
    return batch

# %% mistake: numbers_become_tensors
# Plain numbers become tensors. What is not a tensor comes back as it is.
# ? Which values does your function change besides tensors?
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, (int, float)):
        return torch.tensor(batch, device=device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch
