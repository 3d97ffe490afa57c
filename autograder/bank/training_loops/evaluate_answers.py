import copy
import contextlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def evaluate(model, loader, loss_fn):
    was_training = model.training
    model.eval()
    total, rows = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            rows += len(x)
    model.train(was_training)
    return total / rows

# %% alternative: decorated
@torch.no_grad()
def evaluate(model, loader, loss_fn):
    mode = model.training
    model.train(False)
    losses, sizes = [], []
    for inputs, targets in loader:
        losses.append(float(loss_fn(model(inputs), targets)))
        sizes.append(targets.shape[0])
    if mode:
        model.train()
    return float(np.average(losses, weights=sizes))

# %% alternative: inference_mode
def evaluate(model, loader, loss_fn):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    try:
        with torch.inference_mode():
            pairs = [(loss_fn(model(x), y), len(x)) for x, y in loader]
            return sum(loss.item() * n for loss, n in pairs) / sum(n for _, n in pairs)
    finally:
        for m, mode in modes:
            m.training = mode

# %% alternative: all_rows_at_once
def evaluate(model, loader, loss_fn):
    before = model.training
    model.eval()
    with torch.no_grad():
        batches = [(model(x), y) for x, y in loader]
        loss = loss_fn(torch.cat([p for p, _ in batches]), torch.cat([y for _, y in batches]))
    model.train(before)
    return loss

# %% mistake: leaves_eval_mode
# After the evaluation the model is still in eval mode. The next epoch trains without Dropout, unless somebody notices.
# ? In which mode was the model before you looked?
def evaluate(model, loader, loss_fn):
    model.eval()
    total, rows = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            rows += len(x)
    return total / rows

# %% mistake: always_train_mode_after
# Afterwards the model is in train mode whatever it was in before.
# ? In which mode was the model before you looked?
def evaluate(model, loader, loss_fn):
    model.eval()
    total, rows = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            rows += len(x)
    model.train()
    return total / rows

# %% mistake: dropout_active
# The model is evaluated in train mode: Dropout throws away half of the units, and the same model gets another loss each time.
# ? Which call tells Dropout that nothing is learned now?
def evaluate(model, loader, loss_fn):
    total, rows = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            rows += len(x)
    return total / rows

# %% mistake: dropout_active
def evaluate(model, loader, loss_fn):
    was = model.training
    model.train()
    total, rows = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            rows += len(x)
    model.train(was)
    return total / rows

# %% mistake: bn_moves
# BatchNorm works in train mode: it takes the statistics of each batch, and moves its running mean and variance.
# ? Which layers besides Dropout ask for the mode?
def evaluate(model, loader, loss_fn):
    was = model.training
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.eval()
    total, rows = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            rows += len(x)
    model.train(was)
    return total / rows

# %% mistake: updates_in_eval
# The model learns while it is evaluated: gradients are computed, or steps are made. Then the validation rows are train rows.
# ? Which of the calls of a training step have no place here?
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        total += loss.item() * len(x)
        rows += len(x)
    model.train(was)
    return total / rows

# %% mistake: updates_in_eval
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    opt = torch.optim.SGD(model.parameters(), lr=0.01)
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
    model.train(was)
    return total / rows

# %% mistake: builds_graph
# The forward passes record a graph that nobody needs. That costs memory and time.
# ? Which line tells torch that no gradients will be asked for?
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    total, rows = 0.0, 0
    for x, y in loader:
        total += loss_fn(model(x), y).item() * len(x)
        rows += len(x)
    model.train(was)
    return total / rows

# %% mistake: autograd_off
# Autograd is switched off for good. Nothing that comes after your function can learn any more.
# ? When does the effect of `torch.set_grad_enabled(False)` end, and when that of `with torch.no_grad():`?
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    torch.set_grad_enabled(False)
    total, rows = 0.0, 0
    for x, y in loader:
        total += loss_fn(model(x), y).item() * len(x)
        rows += len(x)
    model.train(was)
    return total / rows

# %% mistake: unweighted_mean
# The mean is taken over batches. The smaller last batch then counts as much as a full one.
# ? With batches of 4, 4 and 2 rows: what share of the rows is in the last one, and what share of your mean?
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    with torch.no_grad():
        losses = [loss_fn(model(x), y).item() for x, y in loader]
    model.train(was)
    return sum(losses) / len(losses)

# %% mistake: last_batch_loss
# You return the loss of the last batch alone.
# ? How many rows does your number speak of?
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    with torch.no_grad():
        for x, y in loader:
            loss = loss_fn(model(x), y)
    model.train(was)
    return loss.item()

# %% mistake: sum_for_mean
# The losses are added up and not divided, so your number grows with the table.
# ? What would your number be for a table of twice as many rows?
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    total = 0.0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
    model.train(was)
    return total

# %% mistake: sum_for_mean
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    total = 0.0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item()
    model.train(was)
    return total

# %% mistake: first_batch_only
# Only the first batch is used: the `return` stands inside the loop.
# ? How often does your loop go round?
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    with torch.no_grad():
        for x, y in loader:
            loss = loss_fn(model(x), y).item()
            model.train(was)
            return loss

# %% wrong: forgets_return
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    with torch.no_grad():
        for x, y in loader:
            loss_fn(model(x), y)
    model.train(was)

# %% wrong: zero
def evaluate(model, loader, loss_fn):
    return 0.0

# %% wrong: list_of_losses
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    with torch.no_grad():
        losses = [loss_fn(model(x), y).item() for x, y in loader]
    model.train(was)
    return losses

# %% wrong: loss_arguments_swapped
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    total, rows = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(y, model(x)).item() * len(x)
            rows += len(x)
    model.train(was)
    return total / rows

# %% mistake: freezes_the_model
# Afterwards the parameters ask for no gradients any more: `requires_grad_(False)` holds for good, and the next epoch can't train.
# ? What ends by itself: `requires_grad_(False)`, or `with torch.no_grad():`?
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    total, rows = 0.0, 0
    model.requires_grad_(False)
    for x, y in loader:
        total += loss_fn(model(x), y).item() * len(x)
        rows += len(x)
    model.train(was)
    return total / rows

# %% mistake: builds_graph
# Without `with`, it is switched on and off in one breath.
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    total, rows = 0.0, 0
    torch.no_grad()
    for x, y in loader:
        total += loss_fn(model(x), y).item() * len(x)
        rows += len(x)
    model.train(was)
    return total / rows

# %% mistake: builds_graph
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    total, rows = 0.0, 0
    for x, y in loader:
        total += loss_fn(model(x).detach(), y).item() * len(x)
        rows += len(x)
    model.train(was)
    return total / rows

# %% mistake: divided_by_batches
# You added up the losses of all rows and divided by the number of batches: `len(loader)` counts batches, not rows.
# ? How many rows are there in batches of 4, 4 and 2, and what is `len(loader)`?
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    total, rows = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            rows += len(x)
    model.train(was)
    return total / len(loader)

# %% mistake: divides_batch_means_by_rows
# Each batch's loss is a mean over its rows already. You add up the means and divide by the rows once more.
# ? What must a mean be multiplied by to become a sum again?
def evaluate(model, loader, loss_fn):
    was = model.training
    model.eval()
    total, rows = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item()
            rows += len(x)
    model.train(was)
    return total / rows

# %% alternative: a_twin
def evaluate(model, loader, loss_fn):
    twin = copy.deepcopy(model).eval().requires_grad_(False)
    pairs = [(loss_fn(twin(x), y).item(), len(x)) for x, y in loader]
    return sum(loss * n for loss, n in pairs) / sum(n for _, n in pairs)
