import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% alternative: loader
class Scores(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(3))
        self.b = nn.Parameter(torch.zeros(3))

    def forward(self, x):
        return x * self.w + self.b


def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model, loss_fn = Scores(), nn.CrossEntropyLoss()
    data = torch.utils.data.TensorDataset(x, y)
    loader = torch.utils.data.DataLoader(data, batch_size=batch, shuffle=False)
    losses = []
    for _ in range(epochs):
        seen = []
        for xb, yb in loader:
            loss = loss_fn(model(xb), yb)
            model.zero_grad()
            loss.backward()
            with torch.no_grad():
                for p in model.parameters():
                    p -= lr * p.grad
            seen += [loss.item()] * len(yb)
        losses.append(sum(seen) / len(seen))
    return model, losses

# %% alternative: by_hand
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    W, b = torch.zeros(3, 1), torch.zeros(3)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for xb, yb in zip(x.split(batch), y.split(batch)):
            log_p = torch.log_softmax(xb @ W.T + b, dim=1)
            total -= log_p[torch.arange(len(yb)), yb].sum().item()
            g = (log_p.exp() - F.one_hot(yb, 3)) / len(yb)
            W, b = W - lr * g.T @ xb, b - lr * g.sum(dim=0)
        losses.append(total / len(x))
    model = nn.Linear(1, 3)
    model.load_state_dict({"weight": W, "bias": b})
    return model, losses

# %% alternative: summed_loss
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Sequential(nn.Linear(1, 3))
    for p in model.parameters():
        nn.init.constant_(p, 0.0)
    opt = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.0)
    losses = []
    for epoch in range(epochs):
        running = 0.0
        for i in range(0, x.shape[0], batch):
            chosen = slice(i, i + batch)
            summed = F.nll_loss(F.log_softmax(model(x[chosen]), -1), y[chosen], reduction="sum")
            running += float(summed.detach())
            opt.zero_grad()
            (summed / len(y[chosen])).backward()
            opt.step()
        losses.append(running / x.shape[0])
    return model, losses

# %% mistake: extra_softmax
# The softmax is applied twice: `cross_entropy` has one inside and wants plain scores.
# ? What does `cross_entropy` do with its input first?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(torch.softmax(model(xb), dim=1), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: extra_softmax
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    line = nn.Linear(1, 3)
    nn.init.zeros_(line.weight)
    nn.init.zeros_(line.bias)
    model = nn.Sequential(line, nn.Softmax(dim=1))
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: nll_on_probabilities
# `nll_loss` got probabilities. It wants their logarithms; `cross_entropy` takes the plain scores and does both.
# ? What is the loss of a batch at the start, and can a loss of this kind be negative?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.nll_loss(torch.softmax(model(xb), dim=1), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: float_targets
# PyTorch stopped at your targets. Class numbers for `cross_entropy` are whole numbers of shape (N,), as y is.
# ? What dtype and shape have the targets that you pass?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb.float())
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: float_targets
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb.float().unsqueeze(1))
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: float_targets
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb.unsqueeze(1))
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: keeps_graph
# Your losses are tensors that still hold the graph of every batch. Note plain numbers: `loss.item()`.
# ? What does a loss tensor keep alive as long as it is in your list?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: only_one_epoch
# Only one epoch was made: your function returns inside its loop.
# ? How far is your `return` indented?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
        return model, losses
    return model, losses

# %% mistake: last_batch_loss
# You note the loss of the last batch only. The loss of an epoch is the mean over all its samples.
# ? How many samples does the number in your list speak for?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(loss.item())
    return model, losses

# %% mistake: unweighted_mean
# You averaged over the batches. The last batch is smaller, so its samples count too much that way.
# ? With batches of 5, 5 and 3: how much should each batch count?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item()
        losses.append(total / len(range(0, len(x), batch)))
    return model, losses

# %% mistake: not_divided
# Your loss of an epoch is a sum. The mean over the samples is wanted.
# ? What should the first loss be for three equal scores: about ln 3, or N times as much?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total)
    return model, losses

# %% mistake: not_divided
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item()
        losses.append(total)
    return model, losses

# %% mistake: divides_batch_losses_by_n
# You added up the batches' means and divided by the number of samples: too small. A batch's mean counts once for each of its samples.
# ? What must a mean be multiplied by to become a sum again?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item()
        losses.append(total / len(x))
    return model, losses

# %% mistake: no_zero_grad
# The gradients are never cleared: each step goes along the sum of all earlier ones.
# ? What is in `.grad` just before your second `backward()`?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: zero_grad_once_an_epoch
# The gradients are cleared once an epoch. Each batch makes a step, so each batch needs its own gradient.
# ? What is in `.grad` when the second batch of an epoch begins?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        opt.zero_grad()
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: random_start
# Your model does not start from zeros.
# ? What are the weights of a new nn.Linear?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: random_start
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: shuffles
# Each call gives another result: the rows are taken in a random order. Here they come in the order they have.
# ? In which order do your batches go through the rows?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        order = torch.randperm(len(x))
        x, y = x[order], y[order]
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: full_batch
# You make one step an epoch, with all rows at once. A step is wanted after every `batch` rows.
# ? How many steps does an epoch of 13 rows make in batches of 5?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), len(x)):
            xb, yb = x[start : start + len(x)], y[start : start + len(x)]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: drops_the_last_batch
# The last batch, which is smaller, is left out.
# ? With 13 rows in batches of 5: which rows does your last slice hold?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x) - batch + 1, batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: loss_after_the_epoch
# Your loss is that after the epoch, with the new weights. Note each batch's loss before its step.
# ? Which weights belong to the first number in your list?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(F.cross_entropy(model(x), y).item())
    return model, losses

# %% mistake: another_optimiser
# Your steps are those of Adam. Plain gradient descent, `torch.optim.SGD`, is wanted.
# ? Which optimiser moves a weight by exactly −lr · gradient?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: momentum
# Your steps have a momentum: each carries a part of the steps before. Plain gradient descent has none.
# ? Which argument of `torch.optim.SGD` makes steps that roll on?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: no_step
# The weights never move: every epoch has the same loss.
# ? Which line of a training step changes the weights?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% wrong: nothing_trained
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    return model, [float(np.log(3))] * epochs

# %% wrong: mse_on_one_hot
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.mse_loss(model(xb), F.one_hot(yb, 3).float())
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% wrong: default_epochs_differ
def fit_softmax(x, y, epochs=100, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% wrong: default_batch_differs
def fit_softmax(x, y, epochs=300, lr=0.01, batch=4):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: full_batches_assumed
# You counted every batch as `batch` samples. The last one may be smaller, and then its loss counts too much.
# ? How many samples are in the last batch of 13 in batches of 5?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * batch
        losses.append(total / len(x))
    return model, losses

# %% mistake: loss_of_each_batch
# Your list has a loss for each batch; one for each epoch is wanted.
# ? How many numbers should there be after four epochs?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            losses.append(loss.item())
    return model, losses

# %% mistake: swapped
# The two come in another order: first the model, then the losses.
# ? What does `model, losses = fit_softmax(x, y)` take as the model?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return losses, model

# %% mistake: lr_ignored
# Your steps have always the rate 0.01: the argument `lr` is not used.
# ? Which learning rate does your optimiser get?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=0.01)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: batch_ignored
# Your batches have always five rows: the argument `batch` is not used.
# ? Where in your code does `batch` occur?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), 5):
            xb, yb = x[start : start + 5], y[start : start + 5]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: batches_overlap
# Your batches overlap: the next one starts a row further, and not where the last one ended.
# ? Which rows are in your first batch, and which in the second?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(len(x)):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: steps_on_the_sum
# You go downhill on the sum over the batch: the steps are `batch` times too long. The mean is wanted.
# ? What does `reduction="sum"` do to the gradient?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb, reduction="sum")
            loss.backward()
            opt.step()
            total += loss.item()
        losses.append(total / len(x))
    return model, losses

# %% mistake: steps_before_backward
# Your step comes before `backward()`, so it uses the gradients of the batch before.
# ? Which of the two computes the gradient, and which uses it?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            loss = F.cross_entropy(model(xb), yb)
            opt.step()
            opt.zero_grad()
            loss.backward()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: no_bias
# Your model has no bias: its scores are all 0 at x = 0, whatever it learned.
# ? How many numbers does `nn.Linear(1, 3)` have, and how many yours?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 3, bias=False)
    nn.init.zeros_(model.weight)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses

# %% mistake: one_score
# Your model gives one score for each point. Three classes need three.
# ? How many outputs must the layer have, so that class 2 has a score too?
def fit_softmax(x, y, epochs=300, lr=0.01, batch=5):
    model = nn.Linear(1, 1)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(x), batch):
            xb, yb = x[start : start + batch], y[start : start + batch]
            opt.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            total += loss.item() * len(yb)
        losses.append(total / len(x))
    return model, losses
