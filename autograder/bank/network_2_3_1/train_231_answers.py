import copy
import math
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% alternative: by_hand
def train_231(model, X, y, epochs=500, lr=0.01):
    params = [*model.parameters()]
    history = []
    for epoch in range(epochs):
        p = model(X)
        loss = -(y * p.log() + (1 - y) * (1 - p).log()).mean()
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            for param, grad in zip(params, grads):
                param.sub_(lr * grad)
        history.append(float(loss.detach()))
    return history

# %% alternative: loader_of_one_batch
def train_231(model, X, y, epochs=500, lr=0.01):
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(X, y), batch_size=len(X), shuffle=True)
    opt = torch.optim.SGD(model.parameters(), lr)
    out = np.zeros(epochs)
    for e in range(epochs):
        for xb, yb in loader:
            loss = F.binary_cross_entropy(model(xb), yb)
            out[e] = loss.detach()
            model.zero_grad()
            loss.backward()
            opt.step()
    return list(out)

# %% alternative: clears_afterwards
def train_231(model, X, y, epochs=500, lr=0.01):
    model.train()
    opt = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.0)
    def one_epoch():
        loss = torch.nn.functional.binary_cross_entropy(model(X).squeeze(1), y.squeeze(1))
        loss.backward()
        opt.step()
        opt.zero_grad(set_to_none=True)
        return loss.item()
    opt.zero_grad()
    return [one_epoch() for _ in range(epochs)]

# %% mistake: no_zero_grad
# The run leaves the right track at the third loss: the second step used the sum of two epochs' gradients.
# ? What does `backward()` do with the gradients that are still there from the epoch before?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        loss = loss_fn(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: double_sigmoid
# The loss put a second sigmoid on top of the probabilities: the model already ends with one.
# ? Does your loss expect probabilities or scores, and which of them does `model(X)` give?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCEWithLogitsLoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: loss_after_step
# Your losses are one step late: each is that of the weights after the epoch's step.
# ? Is the first number in your list the loss of the untrained model?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss_fn(model(X), y).backward()
        optimizer.step()
        with torch.no_grad():
            losses.append(loss_fn(model(X), y).item())
    return losses

# %% mistake: keeps_tensors
# The losses came back as tensors where a list of plain floats was wanted. (A loss that is not detached also keeps the whole graph of its epoch in memory.)
# ? How do you get the plain number out of a tensor of one element?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        losses.append(loss)
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: keeps_tensors
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = torch.zeros(epochs)
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses[epoch] = loss.detach()
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: new_model_inside
# The model that was handed in has the same weights as before, though your losses move: the steps changed other weights.
# ? Which object's parameters does your optimiser hold?
def train_231(model, X, y, epochs=500, lr=0.01):
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: wrong_optimizer
# The first loss is right, but then the weights move in another way than by plain gradient descent (SGD without momentum or other extras, with the lr that was given).
# ? Which optimiser moves every weight by exactly −lr · gradient, and does it get this lr?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: mini_batches
# There were several steps in every epoch, as when the rows are taken a few at a time; one step with all rows was asked for.
# ? How often does your code call `step()` in one epoch?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.BCELoss()
    losses = []
    for _ in range(epochs):
        total = 0.0
        for xb, yb in zip(X.split(16), y.split(16)):
            optimizer.zero_grad()
            loss = loss_fn(model(xb), yb)
            total += loss.item() * len(xb)
            loss.backward()
            optimizer.step()
        losses.append(total / len(X))
    return losses

# %% mistake: no_step
# The weights never moved: `step()` is missing, or there was nothing to go by when it came.
# ? In which order do `backward()`, `step()` and `zero_grad()` stand?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
    return losses

# %% mistake: no_step
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
    return losses

# %% mistake: momentum
# Your steps have momentum. Plain gradient descent is asked for.
# ? Which arguments did you give to torch.optim.SGD?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% wrong: constant
def train_231(model, X, y, epochs=500, lr=0.01):
    return [0.6931] * epochs

# %% wrong: trains_a_copy
def train_231(model, X, y, epochs=500, lr=0.01):
    twin = copy.deepcopy(model)
    optimizer = torch.optim.SGD(twin.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(twin(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: summed_loss
# You sum the losses of the samples. Their mean is asked for: with the sum, losses and steps are N times as large.
# ? What does `reduction` do in a loss function?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss(reduction="sum")(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: stops_early
# The run ended before its last epoch: `epochs` losses are asked for, also where the loss does not fall any more.
# ? Which condition of yours leaves the loop?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        if len(losses) > 1 and losses[-1] > losses[-2] - 1e-4:
            break
    return losses

# %% mistake: epochs_ignored
# The number of epochs is not `epochs`.
# ? How often does your loop run when it is called with epochs=12?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(500):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: one_epoch_less
# There is one epoch too few or too many.
# ? How many numbers does `range(1, epochs)` hold?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(1, epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: one_epoch_less
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs + 1):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: squared_error
# The loss is the squared error; the binary cross-entropy was asked for.
# ? Which loss stands in the formula?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = ((model(X) - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: positive_term_only
# The loss counts the ones only: the term (1 − y) ln(1 − p) is missing.
# ? What does your loss say of a row with y = 0?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = -(y * model(X).log()).mean()
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: logarithm_to_base_10
# The loss has logarithms to base 10 (or 2); natural ones were asked for.
# ? What is `torch.log` of e, and what is `torch.log10` of it?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = -(y * model(X).log10() + (1 - y) * (1 - model(X)).log10()).mean()
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: broadcast_targets
# Every answer was compared with every target: (N,) against (N, 1) broadcasts to N × N pairs.
# ? Which shapes do the answers and the targets have in your loss?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = -(y * model(X).squeeze().log() + (1 - y) * (1 - model(X).squeeze()).log()).mean()
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: inputs_changed
# The model was not shown X as it came: its columns were scaled first.
# ? What does the question say of X?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model((X - X.mean(0)) / X.std(0)), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: started_anew
# The weights that came with the model were thrown away before training.
# ? Is the first loss that of the model as it was given?
def train_231(model, X, y, epochs=500, lr=0.01):
    for module in model.modules():
        if isinstance(module, nn.Linear):
            module.reset_parameters()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: running_mean
# Your losses are means over the epochs so far; each epoch's own loss was asked for.
# ? What does the list hold after the third epoch?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append((sum(losses) * 0 + loss.item() + epoch * (0 if not losses else losses[-1])) / (epoch + 1))
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: last_loss_only
# A single number came back; the loss of every epoch was asked for, as a list.
# ? Where do you keep the losses of the earlier epochs?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses[-1]

# %% mistake: not_every_epoch
# Losses are missing: you noted them only now and then.
# ? How many numbers are in your list, and how many epochs were there?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        if epoch % 10 == 0:
            losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: returned_in_the_loop
# The `return` stands inside the loop, so it ends after the first epoch.
# ? How far is your `return` indented?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        return losses

# %% mistake: rounded_losses
# Your losses are rounded; they were asked for as they are.
# ? Where do you call `round`?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(round(loss.item(), 1))
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: arguments_swapped
# The loss got targets and probabilities the wrong way round.
# ? In which order does `nn.BCELoss()` take them?
def train_231(model, X, y, epochs=500, lr=0.01):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.BCELoss()(y, model(X))
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% mistake: no_step
def train_231(model, X, y, epochs=500, lr=0.01):
    losses = []
    for _ in range(epochs):
        model.zero_grad()
        loss = nn.BCELoss()(model(X), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p = p - lr * p.grad
    return losses
