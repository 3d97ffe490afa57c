import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
    return total / rows

# %% alternative: zero_after_the_step
def train_epoch(model, loader, loss_fn, opt):
    model.train(True)
    losses, sizes = [], []
    for batch in loader:
        inputs, targets = batch
        out = model(inputs)
        loss = loss_fn(out, targets)
        loss.backward()
        opt.step()
        opt.zero_grad(set_to_none=True)
        losses.append(float(loss.detach()))
        sizes.append(inputs.shape[0])
    return float(np.average(losses, weights=sizes))

# %% alternative: detached_tensors
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total = 0
    count = 0
    for x, y in loader:
        opt.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        opt.step()
        total = total + loss.detach() * y.shape[0]
        count += y.size(0)
    return total / count

# %% alternative: closure
def train_epoch(model, loader, loss_fn, opt):
    for m in model.modules():
        m.training = True
    pairs = []
    for x, y in loader:
        def closure():
            opt.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            return loss
        pairs.append((opt.step(closure).item(), len(y)))
    return sum(a * b for a, b in pairs) / sum(b for _, b in pairs)

# %% mistake: last_batch_loss
# You return the loss of the last batch alone. It is a few rows of many, and by chance easy or hard.
# ? How many rows of the epoch does your number speak of?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return loss.item()

# %% mistake: last_batch_loss
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total = loss.item() * len(x)
        rows = len(x)
    return total / rows

# %% mistake: unweighted_mean
# The mean is taken over batches. The smaller last batch then counts as much as a full one.
# ? With batches of 4, 4 and 2 rows: what share of the rows is in the last one, and what share of your mean?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    losses = []
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)

# %% mistake: no_zero_grad
# The gradients of earlier batches are still there, and each step goes along their sum.
# ? What does `backward()` do with what is in `.grad` already?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
    return total / rows

# %% mistake: no_zero_grad
# Cleared once, before the loop.
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    opt.zero_grad()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
    return total / rows

# %% mistake: keeps_graph
# The losses are added up with their graphs. Every batch of the epoch stays in memory until the end.
# ? What does `.item()` leave behind?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total = total + loss * len(x)
        rows += len(x)
    return total / rows

# %% mistake: no_train_mode
# The model was left in eval mode, so Dropout and BatchNorm do not do their work in training.
# ? Who switches the model to train mode if the last thing before was an evaluation?
def train_epoch(model, loader, loss_fn, opt):
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
    return total / rows

# %% mistake: wrong_order
# The three calls stand in the wrong order: a step without its gradient, or gradients cleared before the step could use them.
# ? Which of clear, backward and step must come right before which?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        opt.zero_grad()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
    return total / rows

# %% mistake: wrong_order
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.step()
        opt.zero_grad()
        loss.backward()
        total += loss.item() * len(x)
        rows += len(x)
    return total / rows

# %% mistake: one_step_an_epoch
# There is one step for the whole epoch: backward and step stand behind the loop. Each batch should make its own.
# ? How many steps does an epoch of three batches make?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        total += loss.item() * len(x)
        rows += len(x)
    opt.zero_grad()
    loss.backward()
    opt.step()
    return total / rows

# %% mistake: first_batch_only
# Only the first batch is used: the `return` stands inside the loop.
# ? How often does your loop go round?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
        return total / rows

# %% mistake: sum_for_mean
# The losses are added up and not divided by the number of rows, so your number grows with the table.
# ? What would your number be for a table of twice as many rows?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total = 0.0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
    return total

# %% mistake: sum_for_mean
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total = 0.0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
    return total

# %% mistake: divides_batch_means_by_rows
# Each batch's loss is a mean over its rows already. You add up the means and divide by the rows once more.
# ? By what must a batch's mean loss be multiplied to give the sum over its rows?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
        rows += len(x)
    return total / rows

# %% mistake: ignores_loss_fn
# You took a loss of your own choice. The loss function is given.
# ? Where in your code is `loss_fn` called?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = F.l1_loss(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
    return total / rows

# %% mistake: no_step
# The parameters never moved: there are gradients, but no step.
# ? Which call changes the parameters?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        total += loss.item() * len(x)
        rows += len(x)
    return total / rows

# %% wrong: forgets_return
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    for x, y in loader:
        opt.zero_grad()
        loss_fn(model(x), y).backward()
        opt.step()

# %% wrong: list_of_losses
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    losses = []
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return losses

# %% wrong: loss_after_the_step
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        opt.zero_grad()
        loss_fn(model(x), y).backward()
        opt.step()
        total += loss_fn(model(x), y).item() * len(x)
        rows += len(x)
    return total / rows

# %% wrong: loss_arguments_swapped
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(y, model(x))
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
    return total / rows

# %% wrong: train_mode_for_the_top_level_only
def train_epoch(model, loader, loss_fn, opt):
    for m in model.children():
        m.training = True
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
    return total / rows

# %% mistake: divided_by_batches
# You added up the losses of all rows and divided by the number of batches: `len(loader)` counts batches, not rows.
# ? How many rows are there in batches of 4, 4 and 2, and what is `len(loader)`?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
    return total / len(loader)

# %% mistake: full_batches_assumed
# You counted every batch as a full one. The last may be smaller, and then its loss counts too much.
# ? How many rows does `x` have in the last batch?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * loader.batch_size
        rows += len(x)
    return total / rows

# %% mistake: own_optimiser
# Your steps are those of an optimiser of your own. `opt` is given, and knows the learning rate.
# ? Whose learning rate is used in your steps?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    opt = torch.optim.SGD(model.parameters(), lr=0.01)
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(x)
        rows += len(x)
    return total / rows

# %% mistake: summed_loss
# Your gradient is that of the sum over the batch, so the steps are too long. `loss_fn` gives the mean, and its gradient is wanted.
# ? Which number does your `backward()` start from?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y) * len(x)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
        rows += len(x)
    return total / rows

# %% mistake: loss_after_the_step_reported
# You report losses after each step: the batch is asked a second time, with the new weights.
# ? How often is the model asked for each batch in your code?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    total, rows = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss_fn(model(x), y).item() * len(x)
        rows += len(x)
    return total / rows

# %% mistake: several_epochs
# You go through the loader several times. One epoch is one time through.
# ? Who decides how many epochs there are: `train_epoch`, or whoever calls it?
def train_epoch(model, loader, loss_fn, opt):
    model.train()
    for _ in range(10):
        total, rows = 0.0, 0
        for x, y in loader:
            loss = loss_fn(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item() * len(x)
            rows += len(x)
    return total / rows
