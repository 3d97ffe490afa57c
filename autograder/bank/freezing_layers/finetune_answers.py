import copy
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            loss_fn = F.mse_loss if y.is_floating_point() else F.cross_entropy
            loss = loss_fn(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()

# %% alternative: adam_and_losses
def finetune(model, loader, lr, epochs):
    model.train()
    optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=lr)
    losses = []
    for epoch in range(epochs):
        total, n = 0.0, 0
        for x, y in loader:
            optimizer.zero_grad()
            out = model(x)
            loss = nn.CrossEntropyLoss()(out, y) if y.dtype == torch.int64 else nn.MSELoss()(out, y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            n += len(x)
        losses.append(total / n)
        print(f"epoch {epoch}: {loss:.3f}")
    return losses

# %% alternative: all_parameters_but_cleared
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9, weight_decay=1e-2)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            loss = F.mse_loss(model(x), y) if torch.is_floating_point(y) else F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()
    return model

# %% alternative: decay_and_momentum
def finetune(model, loader, lr, epochs):
    device = next(model.parameters()).device
    groups = [{"params": [p for p in model.parameters() if p.requires_grad], "lr": lr}]
    opt = torch.optim.AdamW(groups, weight_decay=0.1)
    history = []
    for _ in range(epochs):
        for batch in loader:
            x, y = (t.to(device) for t in batch)
            loss = (nn.MSELoss() if y.dtype.is_floating_point else nn.CrossEntropyLoss())(model(x), y)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            opt.step()
            opt.zero_grad()
            history.append(float(loss.detach()))
    return history

# %% alternative: by_hand
def finetune(model, loader, lr, epochs):
    free = [p for p in model.parameters() if p.requires_grad]
    for _ in range(epochs):
        for x, y in loader:
            out = model(x)
            loss = ((out - y) ** 2).mean() if y.is_floating_point() else F.nll_loss(out.log_softmax(1), y)
            with torch.no_grad():
                for p, g in zip(free, torch.autograd.grad(loss, free)):
                    p -= lr * g

# %% mistake: stale_gradients
# A frozen tensor moved along the gradient that an earlier backward had left on it (by −0.1 with lr 0.1 and an old
# gradient of 1): `requires_grad=False` does not stop an optimiser that was given the tensor.
# ? Which tensors does your optimiser know, and which gradients does its first step find?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()
            opt.zero_grad()

# %% mistake: decays_frozen
# Your frozen tensors shrank towards 0: weight decay moves every tensor with a gradient, even if that gradient is 0.
# ? Which parameters should the optimiser be given?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=lr, weight_decay=0.01)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad(set_to_none=False)
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()

# %% mistake: no_trainable_left
# Nothing that may learn was left: all of the model was frozen, or the optimiser was given frozen tensors only.
# ? Which parameters ask for a gradient, before your optimiser is made and while you train?
def finetune(model, loader, lr, epochs):
    for p in model.parameters():
        p.requires_grad = False
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()

# %% mistake: no_grad_forward
# Your loss has no graph that leads to the parameters, so `backward()` cannot reach them: the forward pass was not
# recorded, or the graph was cut behind it.
# ? What do `torch.no_grad()`, `.detach()` and `.item()` do to a graph?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            with torch.no_grad():
                out = model(x)
            loss = F.mse_loss(out, y) if y.is_floating_point() else F.cross_entropy(out, y)
            opt.zero_grad()
            loss.backward()
            opt.step()

# %% mistake: no_grad_forward
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss = loss.detach().requires_grad_(True)
            loss.backward()
            opt.step()

# %% mistake: no_trainable_left
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    model.requires_grad_(False)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss.requires_grad_(True)
            loss.backward()
            opt.step()

# %% mistake: forgot_backward
# The loss was computed, but never a gradient, so there was nothing to follow.
# ? Which line of a training loop makes the gradients?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            opt.step()

# %% mistake: forgot_step
# The gradients were there, but no step was made that changes the model's own tensors.
# ? Which line of your loop changes the numbers in the model?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss.backward()

# %% mistake: never_clears
# The gradients were never cleared: `backward()` adds to what is there, so each step goes by the batches before it, too.
# ? What is in `.grad` when the second batch comes?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()

# %% mistake: never_clears
# With an optimiser that remembers, the loss may grow as well.
def finetune(model, loader, lr, epochs):
    opt = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()

# %% mistake: cleared_before_step
# Your gradients were cleared between `backward()` and the step, so the step found none.
# ? Which of the three must not stand between the other two: clear, backward, step?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss.backward()
            opt.zero_grad()
            opt.step()

# %% mistake: softmax_before_ce
# You apply softmax before the cross-entropy, which applies it itself. Give it the scores as the model makes them.
# ? What does F.cross_entropy expect: scores or probabilities?
def finetune(model, loader, lr, epochs):
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            optimizer.zero_grad()
            out = model(x)
            loss = F.mse_loss(out, y) if y.is_floating_point() else F.cross_entropy(F.softmax(out, dim=1), y)
            loss.backward()
            optimizer.step()

# %% mistake: summed_loss
# Your loss is the sum over the batch. The mean is asked for: with the sum, the step grows with the size of the batch.
# ? By which factor are the gradients of the sum larger than those of the mean?
def finetune(model, loader, lr, epochs):
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            optimizer.zero_grad()
            out = model(x)
            loss = F.mse_loss(out, y, reduction="sum") if y.is_floating_point() else F.cross_entropy(out, y, reduction="sum")
            loss.backward()
            optimizer.step()

# %% mistake: mse_on_one_hot
# For classes you train the squared error on one-hot rows. The cross-entropy is asked for where the targets are whole numbers.
# ? Which loss compares scores with class numbers?
def finetune(model, loader, lr, epochs):
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            optimizer.zero_grad()
            out = model(x)
            target = y if y.is_floating_point() else F.one_hot(y, out.shape[1]).float()
            F.mse_loss(out, target).backward()
            optimizer.step()

# %% mistake: one_step_per_epoch
# You make one step for a whole epoch, with the loss of the last batch: the step stands outside of the loop over the batches.
# ? How many steps do six batches give in one epoch?
def finetune(model, loader, lr, epochs):
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            out = model(x)
            loss = F.mse_loss(out, y) if y.is_floating_point() else F.cross_entropy(out, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

# %% wrong: does_nothing
def finetune(model, loader, lr, epochs):
    return model

# %% wrong: thaws
def finetune(model, loader, lr, epochs):
    model.requires_grad_(True)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()

# %% mistake: head_only
# Only the last layer was trained. Every parameter that is not frozen should be.
# ? Which parameters did you hand to the optimiser?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD(model[-1].parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()

# %% mistake: uphill
# Your parameters moved uphill: the loss grows.
# ? Which way does the gradient point: to a larger or to a smaller loss?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr, maximize=True)
    for _ in range(epochs):
        for x, y in loader:
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()

# %% wrong: moves_to_cpu
def finetune(model, loader, lr, epochs):
    model.cpu()
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            x, y = x.cpu(), y.cpu()
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()

# %% mistake: always_cross_entropy
# You take the cross-entropy whatever the targets are. Real numbers as targets are a regression, and want the mean squared error.
# ? How can you tell from y which loss is meant?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()

# %% wrong: raw_scores_in_nll
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.nll_loss(model(x), y)
            loss.backward()
            opt.step()

# %% mistake: one_epoch
# You go through the data once, whatever `epochs` says.
# ? How often does your outer loop run?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()
        break

# %% wrong: first_batches
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()
            break

# %% wrong: frozen_only
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if not p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()

# %% wrong: all_frozen_then_everything
def finetune(model, loader, lr, epochs):
    model.requires_grad_(False)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            loss = F.mse_loss(model(x), y) if y.is_floating_point() else F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()

# %% mistake: rate_ignored
# Your learning rate is not `lr`: with a tiny one the model moves just as far.
# ? Which rate did you give to the optimiser?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.01)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            (F.mse_loss if y.is_floating_point() else F.cross_entropy)(model(x), y).backward()
            opt.step()

# %% mistake: rate_ignored
def finetune(model, loader, lr, epochs):
    opt = torch.optim.Adam([p for p in model.parameters() if p.requires_grad])
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            (F.mse_loss if y.is_floating_point() else F.cross_entropy)(model(x), y).backward()
            opt.step()

# %% mistake: one_step_per_epoch
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        opt.zero_grad()
        for x, y in loader:
            (F.mse_loss if y.is_floating_point() else F.cross_entropy)(model(x), y).backward()
        opt.step()

# %% mistake: squeezed
# `squeeze()` drops every dimension of size 1. A column of answers becomes flat and is then compared with every target, and a batch of one row loses its dimension.
# ? Which shapes do the answers and the targets have in the loss?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            (F.mse_loss if y.is_floating_point() else F.cross_entropy)(model(x).squeeze(), y).backward()
            opt.step()

# %% mistake: trains_a_copy
# A copy of the model was trained; the model that you were given never learned.
# ? Which object did the caller hand in, and which one do your steps change?
def finetune(model, loader, lr, epochs):
    model = copy.deepcopy(model)
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            (F.mse_loss if y.is_floating_point() else F.cross_entropy)(model(x), y).backward()
            opt.step()
    return model

# %% mistake: unfreezes
# You let the frozen parameters learn again. They should stay as they are.
# ? Whose flags do you set to True?
def finetune(model, loader, lr, epochs):
    for p in model.parameters():
        p.requires_grad = True
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            (F.mse_loss if y.is_floating_point() else F.cross_entropy)(model(x), y).backward()
            opt.step()

# %% mistake: weights_of_linear_layers_only
# Only weights learn; biases that are not frozen stay as they were.
# ? Which parameters does your optimiser hold?
def finetune(model, loader, lr, epochs):
    weights = [m.weight for m in model.modules() if isinstance(m, nn.Linear) and m.weight.requires_grad]
    opt = torch.optim.SGD(weights, lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            (F.mse_loss if y.is_floating_point() else F.cross_entropy)(model(x), y).backward()
            opt.step()

# %% mistake: clears_once_an_epoch
# The gradients are cleared once in an epoch; in between, each `backward()` adds to those of the batches before.
# ? In which of the two loops does `zero_grad()` belong?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        opt.zero_grad()
        for x, y in loader:
            (F.mse_loss if y.is_floating_point() else F.cross_entropy)(model(x), y).backward()
            opt.step()

# %% mistake: one_epoch_more
# You go through the data more often than `epochs` says.
# ? How many numbers does `range(epochs + 1)` give?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs + 1):
        for x, y in loader:
            opt.zero_grad()
            (F.mse_loss if y.is_floating_point() else F.cross_entropy)(model(x), y).backward()
            opt.step()

# %% mistake: two_steps_a_batch
# More than one step is made for a batch. One was asked for: with two, the model goes twice as far as `lr` says.
# ? How often does your loop change the parameters before the next batch comes?
def finetune(model, loader, lr, epochs):
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            (F.mse_loss if y.is_floating_point() else F.cross_entropy)(model(x), y).backward()
            opt.step()
            opt.step()

# %% mistake: two_steps_a_batch
def finetune(model, loader, lr, epochs):
    for _ in range(epochs):
        for x, y in loader:
            loss = (F.mse_loss if y.is_floating_point() else F.cross_entropy)(model(x), y)
            free = [p for p in model.parameters() if p.requires_grad]
            with torch.no_grad():
                for p, slope in zip(free, torch.autograd.grad(loss, free)):
                    p -= 2 * lr * slope

# %% mistake: summed_loss
def finetune(model, loader, lr, epochs):
    for _ in range(epochs):
        for x, y in loader:
            loss = F.cross_entropy(model(x), y, reduction="sum") if y.dtype == torch.int64 else ((model(x) - y) ** 2).sum()
            free = [p for p in model.parameters() if p.requires_grad]
            with torch.no_grad():
                for p, slope in zip(free, torch.autograd.grad(loss, free)):
                    p -= lr * slope

# %% wrong: probabilities_in_nll
def finetune(model, loader, lr, epochs):
    free = [p for p in model.parameters() if p.requires_grad]
    for _ in range(epochs):
        for x, y in loader:
            out = model(x)
            loss = ((out - y) ** 2).mean() if y.is_floating_point() else F.nll_loss(out.softmax(1), y)
            with torch.no_grad():
                for p, slope in zip(free, torch.autograd.grad(loss, free)):
                    p -= lr * slope
