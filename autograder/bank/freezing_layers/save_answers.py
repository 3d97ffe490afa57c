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
# You saved the whole model object. Such a file can run code when it is opened, so `torch.load` refuses it by default.
# ? Which method of a model gives its numbers alone?
def save(model, path):
    torch.save(model, path)

def restore(model, path):
    model.load_state_dict(torch.load(path, weights_only=False).state_dict())

# %% mistake: load_without_load_state_dict
# Your restored model answers as it did before: the file was read, but its numbers never went into the model.
# ? `torch.load` gives you a dict. What has to happen with it?
def save(model, path):
    torch.save(model.state_dict(), path)

def restore(model, path):
    model = torch.load(path)
    return model

# %% mistake: strict_false_hides
# A file with other layers than the model's was taken without a word: what did not fit was skipped.
# ? What would you rather have when half of the layers are missing: silence, or an error?
def save(model, path):
    torch.save(model.state_dict(), path)

def restore(model, path):
    model.load_state_dict(torch.load(path), strict=False)
    return model

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
