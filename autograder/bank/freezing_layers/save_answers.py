import copy
import io
import pickle

import numpy as np
import torch
from torch import nn

# %% reference
def save(model, path):
    torch.save(model.state_dict(), path)

def restore(model, path):
    model.load_state_dict(torch.load(path, weights_only=True))
    return model

# %% alternative: to_cpu
def save(model, path):
    torch.save({name: value.detach().cpu() for name, value in model.state_dict().items()}, path)

def restore(model, path):
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state, strict=True)

# %% alternative: by_hand
def save(model, path):
    with open(path, "wb") as file:
        torch.save({"weights": model.state_dict(), "kind": type(model).__name__}, file)

def restore(model, path):
    with open(path, "rb") as file:
        saved = torch.load(file)["weights"]
    own = model.state_dict()
    if own.keys() != saved.keys():
        raise KeyError("the layers are different")
    with torch.no_grad():
        for name, value in own.items():
            if value.shape != saved[name].shape:
                raise ValueError(f"{name} has another shape")
            value.copy_(saved[name])
    return model

# %% alternative: through_bytes
def save(model, path):
    buffer = io.BytesIO()
    torch.save(model.state_dict(), buffer)
    open(path, "wb").write(buffer.getvalue())

def restore(model, path):
    where = next(model.parameters()).device
    print(model.load_state_dict(torch.load(io.BytesIO(open(path, "rb").read()), map_location=where)))

# %% mistake: pickles_model
# Your file is not one of data alone, written by `torch.save`: a whole model object (or what `pickle.dump` writes) can run
# code when it is opened, so `torch.load(path, weights_only=True)`, which is the default, refuses it.
# ? Which method of a model gives its numbers alone, and which function of torch writes them?
def save(model, path):
    torch.save(model, path)

def restore(model, path):
    model.load_state_dict(torch.load(path, weights_only=False).state_dict())

# %% mistake: load_without_load_state_dict
# Your `restore` changed nothing in the model that it was given: no number from the file went into it.
# ? `torch.load` gives you a dict. What has to happen with it?
def save(model, path):
    torch.save(model.state_dict(), path)

def restore(model, path):
    model = torch.load(path)
    return model

# %% mistake: strict_false_hides
# A file with other layers than the model's was taken: what did not fit was skipped, without an error.
# ? What would you rather have when half of the layers are missing: silence, or an error?
def save(model, path):
    torch.save(model.state_dict(), path)

def restore(model, path):
    model.load_state_dict(torch.load(path), strict=False)
    return model

# %% mistake: strict_false_hides
def save(model, path):
    torch.save(model.state_dict(), path)

def restore(model, path):
    found = model.load_state_dict(torch.load(path), strict=False)
    if found.missing_keys:
        raise KeyError(found.missing_keys)

# %% mistake: broadcasts_sizes
# You copy each tensor into the model's own with `copy_`, which repeats a smaller one until it fits. So a file of another model is taken without a word. `load_state_dict` compares the sizes.
# ? What does copy_ do with a source of size 1?
def save(model, path):
    torch.save(model.state_dict(), path)

def restore(model, path):
    saved = torch.load(path)
    own = model.state_dict()
    assert list(saved) == list(own)
    for name in own:
        own[name].copy_(saved[name])

# %% wrong: keeps_in_memory
KEPT = {}

def save(model, path):
    torch.save({}, path)
    KEPT[path] = model

def restore(model, path):
    model.load_state_dict(KEPT[path].state_dict())

# %% wrong: pickle
def save(model, path):
    pickle.dump(model.state_dict(), open(path, "wb"))

def restore(model, path):
    model.load_state_dict(pickle.load(open(path, "rb")))

# %% wrong: parameters_only
def save(model, path):
    torch.save(dict(model.named_parameters()), path)

def restore(model, path):
    saved = torch.load(path)
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(saved[name])

# %% wrong: brings_to_cpu
def save(model, path):
    torch.save(model.cpu().state_dict(), path)

def restore(model, path):
    model.cpu().load_state_dict(torch.load(path))

# %% wrong: half
def save(model, path):
    torch.save({name: v.half() if v.is_floating_point() else v for name, v in model.state_dict().items()}, path)

def restore(model, path):
    model.load_state_dict(torch.load(path))

# %% wrong: weights_only_saved
def save(model, path):
    torch.save({name: v for name, v in model.state_dict().items() if name.endswith("weight")}, path)

def restore(model, path):
    model.load_state_dict(torch.load(path), strict=False)

# %% wrong: object_and_default_load
def save(model, path):
    torch.save(model, path)

def restore(model, path):
    model.load_state_dict(torch.load(path).state_dict())

# %% wrong: no_file
def save(model, path):
    pass

def restore(model, path):
    model.load_state_dict(torch.load(path))

# %% mistake: autograd_off
# You switched autograd off and left it off: every later cell works without gradients.
# ? Which form of `no_grad` ends by itself?
def save(model, path):
    torch.save(model.state_dict(), path)

def restore(model, path):
    torch.set_grad_enabled(False)
    model.load_state_dict(torch.load(path))
