import copy
import itertools
import math

import numpy as np
import torch
import torch.nn.functional as F


# %% reference
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% alternative: copies_of_both
def lr_find(model, loader, lrs, optimizer):
    model, optimizer = copy.deepcopy((model, optimizer))
    losses = []
    while len(losses) < len(lrs):
        for x, y in loader:
            if len(losses) == len(lrs):
                break
            for group in optimizer.param_groups:
                group["lr"] = lrs[len(losses)]
            loss = ((model(x) - y) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(float(loss))
    return losses


def pick_lr(lrs, losses):
    good = [(loss, lr) for lr, loss in zip(lrs, losses) if math.isfinite(loss)]
    return min(good)[1] / 10


# %% alternative: iterator
def lr_find(model, loader, lrs, optimizer):
    start = {name: value.clone() for name, value in model.state_dict().items()}
    memory = copy.deepcopy(optimizer.state_dict())
    it, losses = iter(loader), []
    for lr in lrs:
        try:
            x, y = next(it)
        except StopIteration:
            it = iter(loader)
            x, y = next(it)
        for group in optimizer.param_groups:
            group["lr"] = lr
        model.zero_grad()
        loss = torch.nn.MSELoss()(model(x), y)
        loss.backward()
        optimizer.step()
        losses += [loss.detach().item()]
    model.load_state_dict(start)
    optimizer.load_state_dict(memory)
    optimizer.zero_grad()
    return losses


def pick_lr(lrs, losses):
    losses = np.nan_to_num(np.array(losses), nan=np.inf, posinf=np.inf)
    lowest = int(losses.argmin())
    slope = np.diff(losses[: lowest + 1])
    return np.asarray(lrs)[int(slope.argmin())]


# %% alternative: list_of_batches
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], list(loader)
    for k, lr in enumerate(lrs):
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = batches[k % len(batches)]
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    losses = torch.tensor(losses).nan_to_num(float("inf"), float("inf"))
    return lrs[max(losses.argmin().item() - 3, 0)]


# %% mistake: model_not_restored
# The model is not what it was: the test's steps, with the largest rates last, have changed its parameters.
# ? Which object must be copied before the first step, and loaded back after the last?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: model_not_restored
def lr_find(model, loader, lrs, optimizer):
    kept = model.state_dict(), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: model_not_restored
def lr_find(model, loader, lrs, optimizer):
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: model_not_restored
def lr_find(model, loader, lrs, optimizer):
    kept = model.state_dict().copy(), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: model_not_restored
def lr_find(model, loader, lrs, optimizer):
    before = [group["lr"] for group in optimizer.param_groups]
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    for group, lr in zip(optimizer.param_groups, before):
        group["lr"] = lr
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: buffers_not_restored
# The parameters are as before, but the running statistics of the BatchNorm layer have moved: they are buffers, no parameters.
# ? What does `model.state_dict()` hold that `model.parameters()` does not?
def lr_find(model, loader, lrs, optimizer):
    kept = [p.detach().clone() for p in model.parameters()], copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        for p, old in zip(model.parameters(), kept[0]):
            p.copy_(old)
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: last_lr_kept
# The optimizer still has the last and largest rate of the test, or the velocities that it picked up there; the next real step would go far astray.
# ? What does the optimizer hold that your code changed, and where is it put back?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: last_lr_kept
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), optimizer.state_dict()
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: velocities_kept
# The learning rates are as before, but the velocities are not: momentum remembers the steps of the test. `optimizer.state_dict()` holds both, and needs a deep copy, since its tensors are changed in place.
# ? What does an optimizer with momentum remember from step to step?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), [group["lr"] for group in optimizer.param_groups]
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    for group, lr in zip(optimizer.param_groups, kept[1]):
        group["lr"] = lr
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: velocities_kept
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), optimizer.state_dict()
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: one_rate_for_all_groups
# After your test all groups of the optimizer have one rate; before, each had its own.
# ? What was the rate of the second group?
def lr_find(model, loader, lrs, optimizer):
    kept, old = copy.deepcopy(model.state_dict()), optimizer.param_groups[0]["lr"]
    memory = copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept)
    optimizer.load_state_dict(memory)
    for group in optimizer.param_groups:
        group["lr"] = old
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: uses_validation
# Your losses were measured in passes of their own, as one does for validation. The range test notes the loss of the training batch itself, which costs nothing more.
# ? Which number do you have in hand already when you call `backward()`?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        with torch.no_grad():
            model.eval()
            losses.append(sum(F.mse_loss(model(a), b).item() for a, b in loader) / len(loader))
            model.train()
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: uses_validation
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            losses.append(sum(F.mse_loss(model(a), b).item() for a, b in loader) / len(loader))
        model.train()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: loss_after_step
# Your losses were measured after the step, on the batch that was just trained on. The statement wants the loss from before the step.
# ? Which loss do you have when you call `backward()`?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(F.mse_loss(model(x), y).item())
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: no_zero_grad
# Old gradients count in your steps: they are not cleared, so each step goes along the sum of all batches so far.
# ? What is in `.grad` when the second batch calls `backward()`?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: one_batch_only
# You used the first batch for every rate. `next(iter(loader))` begins anew each time.
# ? Where should the iterator be made: inside the loop or before it?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses = []
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(iter(loader))
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: stops_with_the_loader
# You have fewer losses than rates: the loader ran out of batches, and your loop ended with it.
# ? What should happen when there are more rates than batches?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses = []
    for lr, (x, y) in zip(lrs, loader):
        for group in optimizer.param_groups:
            group["lr"] = lr
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: epoch_for_each_rate
# You trained a whole epoch with each rate. One batch for each rate is enough, and the statement wants that.
# ? How many steps does the test make with 10 rates?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses = []
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        total = 0.0
        for x, y in loader:
            optimizer.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: restarts_each_rate
# You went back to the start for each rate, so the losses tell nothing of the rates: each was noted before its step. The test goes on from where it is.
# ? What does the loss at rate number 5 say about the rates 1 to 4?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        model.load_state_dict(kept[0])
        optimizer.load_state_dict(kept[1])
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: rate_not_set
# The optimizer kept its own rates: the rates of the list were never set.
# ? Where does an optimizer keep the learning rate of a group?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: rate_not_set
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        optimizer.lr = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: rate_not_set
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        optimizer.defaults["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: first_group_only
# Only the first group of parameters got the new rate; the others kept their own.
# ? How many groups may an optimizer have?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        optimizer.param_groups[0]["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: own_optimizer
# You made an optimizer of your own. The test is about the one that was given, with its momentum: with another one another rate is best.
# ? What would happen to the momentum if each rate gets a new optimizer?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        x, y = next(batches)
        opt.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    model.load_state_dict(kept)
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: no_step
# The model never moved: no step was made.
# ? Which call moves the parameters?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: eval_mode
# You trained in eval mode, where BatchNorm takes its running statistics and Dropout is off. A range test trains as training does.
# ? In which mode is a model trained?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    model.eval()
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: keeps_tensors
# Your list holds tensors; plain floats are wanted. A loss with its graph keeps a whole step in memory.
# ? Which method of a tensor with one element gives a Python number?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss)
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: keeps_tensors
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.detach())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: returns_early
# Your function returns after the first rate.
# ? In which round of the loop does your function return?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return lrs[drops.index(max(drops))]


# %% mistake: picks_minimum
# You picked the rate with the lowest loss. That one stands on the edge: a little more and the loss explodes. Take one from where the loss is still falling.
# ? How far is the lowest point of the curve from the place where the loss rises?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    return lrs[finite.index(min(finite))]


# %% mistake: picks_minimum
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    return lrs[int(np.nanargmin(losses))]


# %% mistake: nan_wins
# Where the losses end in infinity or NaN, your rate is from the far end: `argmin` takes NaN for the smallest number.
# ? What does `torch.tensor([1.0, float('nan')]).argmin()` give?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    losses = torch.tensor(losses)
    return lrs[max(losses.argmin().item() - 3, 0)]


# %% mistake: nan_wins
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    drops = np.diff(losses)
    return lrs[int(np.argmin(drops))]


# %% mistake: picks_largest
# You picked the largest rate, where the loss has long exploded.
# ? What does the loss do at the right end of the curve?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    return lrs[-1]


# %% mistake: picks_largest
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    return max(lrs)


# %% mistake: picks_smallest
# You picked a rate from the level part, where the loss does not fall yet. It is safe, but training with it takes for ever.
# ? Where does the curve begin to go down?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    return lrs[0]


# %% mistake: picks_steepest_rise
# You picked the place where the loss changes most, and that is where it explodes.
# ? Is the change that you look for positive or negative?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    drops = [losses[k + 1] - losses[k] for k in range(len(losses) - 1)]
    return lrs[drops.index(max(drops))]


# %% mistake: picks_index
# You returned the number of a place in the list; wanted is the rate that stands there.
# ? What is `lrs[...]` at your number?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
    lowest = finite.index(min(finite))
    drops = [finite[k] - finite[k + 1] for k in range(lowest)]
    return drops.index(max(drops))


# %% mistake: picks_loss
# You returned a loss; wanted is a learning rate.
# ? Which of the two lists should your answer come from?
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    return min(loss for loss in losses if math.isfinite(loss))


# %% wrong: zeros
def lr_find(model, loader, lrs, optimizer):
    return [0.0] * len(lrs)


def pick_lr(lrs, losses):
    return 0.001


# %% wrong: always_the_middle
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    return lrs[len(lrs) // 2]


# %% wrong: a_quarter
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    return lrs[len(lrs) // 4]


# %% wrong: a_fixed_rate
def lr_find(model, loader, lrs, optimizer):
    kept = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())
    losses, batches = [], itertools.cycle(loader)
    for lr in lrs:
        for group in optimizer.param_groups:
            group["lr"] = lr
        x, y = next(batches)
        optimizer.zero_grad()
        loss = F.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.load_state_dict(kept[0])
    optimizer.load_state_dict(kept[1])
    return losses


def pick_lr(lrs, losses):
    return 1e-3
