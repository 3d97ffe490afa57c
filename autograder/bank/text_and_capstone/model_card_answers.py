import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% alternative: loops
@torch.no_grad()
def model_card(models, train, val, test):
    def loss(model, rows):
        return nn.CrossEntropyLoss()(model(rows[0]), rows[1]).item()

    best, name = float("inf"), None
    for candidate, model in models.items():
        now = loss(model, val)
        if now < best:
            best, name = now, candidate
    model, labels = models[name], train[1].tolist()
    most = max(set(labels), key=labels.count)
    right = [int(guess == label) for guess, label in zip(model(test[0]).argmax(dim=1).tolist(), test[1].tolist())]
    card = {"chosen": name, "licence": "CC0-1.0", "val_loss": best, "train_loss": loss(model, train)}
    card["parameters"] = sum(p.numel() for p in model.parameters())
    card["test_accuracy"] = sum(right) / len(right)
    card["baseline_accuracy"] = test[1].tolist().count(most) / len(test[1])
    card["rows"] = len(labels)
    return card

# %% alternative: tensors
def model_card(models, train, val, test):
    losses = {name: F.cross_entropy(model(val[0]), val[1]).detach() for name, model in models.items()}
    name = sorted(losses, key=losses.get)[0]
    model = models[name].eval()
    return {
        "chosen": name,
        "parameters": torch.tensor([p.numel() for p in model.parameters()]).sum(),
        "train_loss": F.cross_entropy(model(train[0]), train[1]).detach(),
        "val_loss": losses[name],
        "test_accuracy": torch.mean((model(test[0]).max(1).indices == test[1]).double()),
        "baseline_accuracy": torch.eq(test[1], train[1].mode().values).float().mean(),
        "licence": "CC0 1.0",
    }

# %% mistake: invented_numbers
# Numbers on your card are not those of the model: they do not come out of a computation with it.
# ? Which line computes each number, and from which rows?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": 0.1,
            "val_loss": 0.12,
            "test_accuracy": 0.95,
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: invented_numbers
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": 1000,
            "train_loss": 0.1,
            "val_loss": 0.12,
            "test_accuracy": 0.95,
            "baseline_accuracy": 0.57,
            "licence": "CC0 1.0",
        }

# %% mistake: no_baseline
# Your card has no baseline, or one that does not come from the data: without it nobody can tell whether the accuracy is good.
# ? How good is somebody who always gives the most frequent training label?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: no_baseline
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": None,
            "licence": "CC0 1.0",
        }

# %% mistake: no_baseline
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": 0.0,
            "licence": "CC0 1.0",
        }

# %% mistake: no_baseline
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": 1 / 3,
            "licence": "CC0 1.0",
        }

# %% mistake: no_baseline
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": 0.5,
            "licence": "CC0 1.0",
        }

# %% mistake: test_used_for_choice
# You chose the candidate that is best on the test rows. Then its test accuracy is no honest number any more: it was picked because it is high.
# ? Which rows may decide, so that the test rows stay unseen?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = max(models, key=lambda name: (models[name](Xt).argmax(1) == yt).float().mean().item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: test_used_for_choice
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xt), yt).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: train_used_for_choice
# You chose the candidate that is best on the training rows, which rewards learning by heart.
# ? Which rows were kept apart to decide between candidates?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](X), y).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: highest_loss
# You chose the candidate with the highest validation loss; the lowest is the best.
# ? Is a large loss good or bad?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = max(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: first_candidate
# You took the first candidate without a comparison.
# ? Which number decides between the candidates?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = next(iter(models))
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: last_model
# The numbers on your card are those of the last candidate in your loop, not of the chosen one.
# ? Which model does your variable hold when the loop is over?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    for name in models:
        model = models[name]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: all_parameters
# You counted the parameters of all candidates; the card is about the chosen one.
# ? Over which model does your sum run?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for m in models.values() for p in m.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: counts_tensors
# You counted tensors, not numbers.
# ? How many numbers are in a weight of shape (3, 4)?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": len(list(model.parameters())),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: losses_swapped
# The training loss and the validation loss have changed places.
# ? Which rows does each of them come from?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(Xv), yv).item(),
            "val_loss": F.cross_entropy(model(X), y).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: train_loss_twice
# Your validation loss was computed from the training rows.
# ? Which rows does `val` hold?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(X), y).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: accuracy_on_val
# Your test accuracy comes from the validation rows. They chose the model, so they flatter it.
# ? Which rows has nobody looked at yet?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xv).argmax(1) == yv).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: accuracy_on_train
# Your test accuracy comes from the training rows.
# ? Which rows has nobody looked at yet?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(X).argmax(1) == y).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: percent
# Your accuracies are percentages; wanted are shares from 0 to 1.
# ? What is 85 % as a share?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": 100 * (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": 100 * (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: summed_losses
# Your losses are sums over the rows; wanted are means, which don't grow with the number of rows.
# ? What happens to your number if there are twice as many rows?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y, reduction="sum").item(),
            "val_loss": F.cross_entropy(model(Xv), yv, reduction="sum").item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: double_softmax
# Your losses went through a softmax twice: `cross_entropy` wants the plain scores that the models give.
# ? What does `F.cross_entropy` do first with its input?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X).softmax(1), y).item(),
            "val_loss": F.cross_entropy(model(Xv).softmax(1), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: baseline_from_test
# Your baseline knows the test labels: it answers the label that is most frequent there. It should only know the training labels.
# ? From which rows may a baseline learn?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(yt).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: baseline_on_train
# Your baseline was measured on the training rows; it must be measured where the model is, on the test rows.
# ? Which two numbers will a reader of the card compare?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (y == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% mistake: no_licence
# The licence is not that of the data: look it up on their card (section "The reviews").
# ? What does the table under "The reviews" say?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "unknown",
        }

# %% mistake: no_licence
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
        }

# %% mistake: no_licence
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "MIT",
        }

# %% mistake: trains_on
# Your function changed a candidate. A card reports; it does not train.
# ? Which line of your function moves parameters?
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    F.cross_entropy(model(X), y).backward()
    opt.step()
    most = torch.bincount(y).argmax()
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% wrong: always_class_0
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())
    model = models[chosen]
    most = 0
    with torch.no_grad():
        return {
            "chosen": chosen,
            "parameters": sum(p.numel() for p in model.parameters()),
            "train_loss": F.cross_entropy(model(X), y).item(),
            "val_loss": F.cross_entropy(model(Xv), yv).item(),
            "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
            "baseline_accuracy": (yt == most).float().mean().item(),
            "licence": "CC0 1.0",
        }

# %% wrong: empty
def model_card(models, train, val, test):
    return {}

# %% wrong: only_the_name
def model_card(models, train, val, test):
    return min(models, key=lambda name: F.cross_entropy(models[name](val[0]), val[1]).item())

# %% wrong: chosen_by_squashed_scores
def model_card(models, train, val, test):
    (X, y), (Xv, yv), (Xt, yt) = train, val, test
    chosen = min(models, key=lambda name: F.cross_entropy(torch.softmax(models[name](Xv), dim=1), yv).item())
    model = models[chosen]
    return {
        "chosen": chosen,
        "parameters": sum(p.numel() for p in model.parameters()),
        "train_loss": F.cross_entropy(model(X), y).item(),
        "val_loss": F.cross_entropy(model(Xv), yv).item(),
        "test_accuracy": (model(Xt).argmax(1) == yt).float().mean().item(),
        "baseline_accuracy": (yt == torch.bincount(y).argmax()).float().mean().item(),
        "licence": "CC0 1.0",
    }

# %% mistake: accuracy_for_choice
# You chose the candidate with the highest accuracy on `val`; asked is the lowest cross-entropy, which also sees how sure a model is.
# ? Two models are right equally often. Which is better: the one that is sure of its mistakes, or the one that is not?
def model_card(models, train, val, test):
    def loss_of(model, rows):
        with torch.no_grad():
            return F.cross_entropy(model(rows[0]), rows[1]).item()

    def share_right(model, rows):
        with torch.no_grad():
            return (model(rows[0]).argmax(dim=1) == rows[1]).float().mean().item()

    chosen = max(models, key=lambda name: share_right(models[name], val))
    model = models[chosen]
    with torch.no_grad():
        answers = model(test[0]).argmax(dim=1)
    return {
        "chosen": chosen,
        "parameters": sum(p.numel() for p in model.parameters()),
        "train_loss": loss_of(model, train),
        "val_loss": loss_of(model, val),
        "test_accuracy": (answers == test[1]).float().mean().item(),
        "baseline_accuracy": (test[1] == train[1].bincount().argmax()).float().mean().item(),
        "licence": "CC0 1.0",
    }

# %% mistake: model_for_name
# `chosen` holds the model itself; its name is wanted.
# ? What are the keys of `models`, and what are its values?
def model_card(models, train, val, test):
    def loss_of(model, rows):
        with torch.no_grad():
            return F.cross_entropy(model(rows[0]), rows[1]).item()

    def share_right(model, rows):
        with torch.no_grad():
            return (model(rows[0]).argmax(dim=1) == rows[1]).float().mean().item()

    chosen = min(models, key=lambda name: loss_of(models[name], val))
    model = models[chosen]
    with torch.no_grad():
        answers = model(test[0]).argmax(dim=1)
    return {
        "chosen": model,
        "parameters": sum(p.numel() for p in model.parameters()),
        "train_loss": loss_of(model, train),
        "val_loss": loss_of(model, val),
        "test_accuracy": (answers == test[1]).float().mean().item(),
        "baseline_accuracy": (test[1] == train[1].bincount().argmax()).float().mean().item(),
        "licence": "CC0 1.0",
    }

# %% mistake: counts_for_shares
# Your accuracies count right answers; wanted are shares from 0 to 1.
# ? By what must 7 right answers of 18 be divided?
def model_card(models, train, val, test):
    def loss_of(model, rows):
        with torch.no_grad():
            return F.cross_entropy(model(rows[0]), rows[1]).item()

    def share_right(model, rows):
        with torch.no_grad():
            return (model(rows[0]).argmax(dim=1) == rows[1]).float().mean().item()

    chosen = min(models, key=lambda name: loss_of(models[name], val))
    model = models[chosen]
    with torch.no_grad():
        answers = model(test[0]).argmax(dim=1)
    return {
        "chosen": chosen,
        "parameters": sum(p.numel() for p in model.parameters()),
        "train_loss": loss_of(model, train),
        "val_loss": loss_of(model, val),
        "test_accuracy": (answers == test[1]).sum().item(),
        "baseline_accuracy": (test[1] == train[1].bincount().argmax()).sum().item(),
        "licence": "CC0 1.0",
    }

# %% mistake: share_of_wrong_answers
# Your test accuracy is the share of wrong answers.
# ? What does `!=` count?
def model_card(models, train, val, test):
    def loss_of(model, rows):
        with torch.no_grad():
            return F.cross_entropy(model(rows[0]), rows[1]).item()

    def share_right(model, rows):
        with torch.no_grad():
            return (model(rows[0]).argmax(dim=1) == rows[1]).float().mean().item()

    chosen = min(models, key=lambda name: loss_of(models[name], val))
    model = models[chosen]
    with torch.no_grad():
        answers = model(test[0]).argmax(dim=1)
    return {
        "chosen": chosen,
        "parameters": sum(p.numel() for p in model.parameters()),
        "train_loss": loss_of(model, train),
        "val_loss": loss_of(model, val),
        "test_accuracy": (answers != test[1]).float().mean().item(),
        "baseline_accuracy": (test[1] == train[1].bincount().argmax()).float().mean().item(),
        "licence": "CC0 1.0",
    }

# %% mistake: rarest_label
# Your baseline answers the rarest label of `train`; the most frequent one is wanted.
# ? What does `argmin` look for?
def model_card(models, train, val, test):
    def loss_of(model, rows):
        with torch.no_grad():
            return F.cross_entropy(model(rows[0]), rows[1]).item()

    def share_right(model, rows):
        with torch.no_grad():
            return (model(rows[0]).argmax(dim=1) == rows[1]).float().mean().item()

    chosen = min(models, key=lambda name: loss_of(models[name], val))
    model = models[chosen]
    with torch.no_grad():
        answers = model(test[0]).argmax(dim=1)
    return {
        "chosen": chosen,
        "parameters": sum(p.numel() for p in model.parameters()),
        "train_loss": loss_of(model, train),
        "val_loss": loss_of(model, val),
        "test_accuracy": (answers == test[1]).float().mean().item(),
        "baseline_accuracy": (test[1] == train[1].bincount().argmin()).float().mean().item(),
        "licence": "CC0 1.0",
    }

# %% mistake: weights_only
# You counted the weights and left the biases out.
# ? How many numbers has `nn.Linear(4, 3)`: 12 or 15?
def model_card(models, train, val, test):
    def loss_of(model, rows):
        with torch.no_grad():
            return F.cross_entropy(model(rows[0]), rows[1]).item()

    def share_right(model, rows):
        with torch.no_grad():
            return (model(rows[0]).argmax(dim=1) == rows[1]).float().mean().item()

    chosen = min(models, key=lambda name: loss_of(models[name], val))
    model = models[chosen]
    with torch.no_grad():
        answers = model(test[0]).argmax(dim=1)
    return {
        "chosen": chosen,
        "parameters": sum(p.numel() for p in model.parameters() if p.dim() > 1),
        "train_loss": loss_of(model, train),
        "val_loss": loss_of(model, val),
        "test_accuracy": (answers == test[1]).float().mean().item(),
        "baseline_accuracy": (test[1] == train[1].bincount().argmax()).float().mean().item(),
        "licence": "CC0 1.0",
    }
