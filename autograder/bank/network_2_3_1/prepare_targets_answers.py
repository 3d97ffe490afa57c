import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def prepare_targets(y, n):
    return y.reshape(n, 1).float()

# %% alternative: view_and_to
def prepare_targets(y, n):
    return y.to(torch.float32).view(n, -1) if y.numel() == n else _refuse(y, n)

def _refuse(y, n):
    raise ValueError(f"{y.numel()} labels for {n} rows")

# %% alternative: check_then_column
def prepare_targets(y, n):
    y = y.flatten()
    if len(y) != n:
        raise ValueError("wrong number of labels")
    return y[:, None].type(torch.FloatTensor).to(y.device)

# %% alternative: fill
def prepare_targets(y, n):
    assert y.shape in ((n,), (n, 1))
    targets = torch.zeros(n, 1, dtype=torch.float32, device=y.device)
    targets.copy_(y.reshape(-1, 1))
    return targets

# %% alternative: through_numpy
def prepare_targets(y, n):
    return torch.from_numpy(y.cpu().numpy().reshape(n, 1).astype(np.float32)).to(y.device)

# %% mistake: flat_targets
# The targets still have shape (n,): beside predictions of shape (n, 1), `BCELoss` refuses them, and a loss written by hand would broadcast to n × n pairs.
# ? What shape does your network's output have?
def prepare_targets(y, n):
    return y.float()

# %% mistake: long_targets
# The targets are still whole numbers (or not float32): `BCELoss` compares them with float32 probabilities.
# ? Which dtype does the output of the network have?
def prepare_targets(y, n):
    return y.reshape(n, 1)

# %% mistake: long_targets
def prepare_targets(y, n):
    return y.reshape(n, 1).int()

# %% mistake: long_targets
def prepare_targets(y, n):
    return y.reshape(n, 1).double()

# %% mistake: row_shape
# The targets are one row of n numbers, shape (1, n); n rows of one number were wanted.
# ? Which dimension counts the points, in X and so in the targets?
def prepare_targets(y, n):
    return y.float().reshape(1, n)

# %% mistake: several_columns
# With two or three times n labels you made two or three columns instead of refusing. One column is wanted, so say 1, not −1.
# ? What does reshape(3, -1) make of six labels?
def prepare_targets(y, n):
    return y.to(torch.float32).reshape(n, -1)

# %% wrong: zeros
def prepare_targets(y, n):
    return torch.zeros(n, 1)

# %% mistake: ignores_n
# Labels that were not n in number were accepted: `reshape(-1, 1)`, `view(-1, 1)` and `unsqueeze(1)` take as many as there are.
# ? What happens to six labels where n is 5, and where in your code does n appear?
def prepare_targets(y, n):
    return y.reshape(-1, 1).float()

# %% mistake: ignores_n
def prepare_targets(y, n):
    return y.unsqueeze(1).float()

# %% wrong: on_the_cpu
def prepare_targets(y, n):
    return torch.tensor(y.tolist()).reshape(n, 1).float()

# %% wrong: takes_too_few
def prepare_targets(y, n):
    if y.numel() > n:
        raise ValueError("too many labels")
    return y.float().view(n, -1)
