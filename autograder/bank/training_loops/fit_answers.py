import copy

import numpy as np
import torch
from torch import nn

# %% reference
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% alternative: deepcopy_and_best_epoch
def fit(model, train_one, validate, epochs, patience):
    train, val = [], []
    best_epoch, best_state = 0, copy.deepcopy(model.state_dict())
    for epoch in range(epochs):
        train.append(float(train_one()))
        val.append(float(validate()))
        if epoch == 0 or val[epoch] < val[best_epoch]:
            best_epoch = epoch
            best_state = copy.deepcopy(model.state_dict())
        if epoch - best_epoch >= patience:
            break
    return {"train": train, "val": val}, best_state

# %% alternative: while_loop
def fit(model, train_one, validate, epochs, patience):
    history = dict(train=[], val=[])
    waited = 0
    best = None
    while len(history["val"]) < epochs and waited < patience:
        history["train"].append(train_one())
        loss = validate()
        if all(loss < old for old in history["val"]):
            waited = 0
            best = {k: v.detach().cpu().clone() for k, v in model.state_dict().items()}
        else:
            waited += 1
        history["val"].append(loss)
    return history, best

# %% alternative: copies_by_torch
class Stopper:
    def __init__(self, patience):
        self.patience, self.best, self.left, self.state = patience, np.inf, patience, {}

    def __call__(self, loss, model):
        self.left -= 1
        if loss < self.best:
            self.best, self.left = loss, self.patience
            self.state = {k: torch.clone(v) for k, v in model.state_dict().items()}
        return self.left == 0

def fit(model, train_one, validate, epochs, patience):
    stop, train, val = Stopper(patience), [], []
    for _ in range(epochs):
        train.append(train_one())
        val.append(validate())
        if stop(val[-1], model):
            break
    return {"train": train, "val": val}, stop.state

# %% mistake: aliased_best_state
# Your best state is the model's own: it changes with every later step. `state_dict()` returns the tensors themselves.
# ? Which weights are in it after two more epochs?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = model.state_dict()
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: aliased_best_state
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = dict(model.state_dict())
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: aliased_best_state
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.detach() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: patience_off_by_one
# You wait one epoch too many or too few. With patience 3 the run ends with the third epoch in a row that brings nothing new.
# ? Count by hand: after which epoch does the example stop?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad > patience:
                break
    return history, best_state

# %% mistake: patience_off_by_one
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience - 1:
                break
    return history, best_state

# %% mistake: monitors_train
# You look at the train loss. It goes down even while the model only learns its rows by heart.
# ? Which of the two losses tells when learning turns into memorising?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["train"][-1] < best:
            best, bad = history["train"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: keeps_the_last_state
# You return the weights of the last epoch. The best ones were some epochs earlier.
# ? When is the copy made: in the best epoch, or at the end?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    best_state = copy.deepcopy(model.state_dict())
    return history, best_state

# %% mistake: never_counts_anew
# The count of bad epochs goes on after a good one. Only bad epochs in a row count.
# ? What should a new lowest loss do to the count?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best = history["val"][-1]
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: equal_is_better
# An equal loss counts as a new lowest one. A run that stands still would then never end.
# ? Is 0.6 lower than 0.6?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] <= best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: compares_with_the_epoch_before
# You compare each loss with the one before it. After a jump up, every small step down looks like progress.
# ? Is 0.72 after 0.75 a new lowest loss, if there was a 0.70?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            best = history["val"][-1]
            if bad >= patience:
                break
    return history, best_state

# %% mistake: never_stops
# The run goes on to the last epoch: `patience` is not used.
# ? What should happen after `patience` epochs without a new lowest loss?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
    return history, best_state

# %% mistake: stops_at_the_first_rise
# You stop at the first epoch that is no better. `patience` says how many of them to wait for.
# ? How many bad epochs in a row does patience 3 allow before the end?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= 1:
                break
    return history, best_state

# %% mistake: last_epoch_not_in_history
# The epoch in which you stop is missing in the history.
# ? When are the losses written down: before the break, or after it?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        t, v = train_one(), validate()
        if v < best:
            best, bad = v, 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
        history["train"].append(t)
        history["val"].append(v)
    return history, best_state

# %% mistake: highest_is_best
# You keep the state with the highest validation loss. The lowest is the best.
# ? Which loss would you like to have?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = -float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] > best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% wrong: swapped_answer
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return best_state, history

# %% wrong: history_only
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history

# %% wrong: best_loss_for_state
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best

# %% wrong: whole_model
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, model

# %% mistake: best_never_lowered
# The lowest loss so far is never noted, so each epoch counts as a new best one.
# ? With which number is each loss compared, and which line changes that number?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            bad = 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: lowest_starts_at_zero
# Your lowest loss starts at 0, and no loss is below it. Start at infinity, or at the first loss.
# ? Which number is above every loss?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = 0, None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: state_before_the_epoch
# Your best state is that before its epoch was trained. It belongs behind `train_one()`, where its validation loss was measured.
# ? Which weights did `validate()` see?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        state = {name: value.clone() for name, value in model.state_dict().items()}
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad, best_state = history["val"][-1], 0, state
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: state_of_the_start
# Your state is that from before the training: it was copied once, and never again.
# ? Which line of the loop copies the weights of a good epoch?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), {name: value.clone() for name, value in model.state_dict().items()}, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: validates_first
# You validate before you train, so each validation loss belongs to the epoch before.
# ? Which of the two comes first in an epoch?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["val"].append(validate())
        history["train"].append(train_one())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: validates_again
# `validate()` is called more than once in an epoch. Call it once, keep its number, and use that.
# ? How often does `validate()` stand inside of your loop?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if validate() < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% mistake: history_to_the_best
# Your history ends with the best epoch. All epochs that were trained belong in it, the last one too.
# ? How many epochs were trained, and how many losses are in your lists?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    at = 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad, at = history["val"][-1], 0, len(history["val"])
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                break
    return {name: losses[:at] for name, losses in history.items()}, best_state

# %% mistake: returns_only_when_stopped
# Where the patience is never used up, your function returns nothing: its `return` stands inside the loop.
# ? What comes back if all epochs were trained?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            bad += 1
            if bad >= patience:
                return history, best_state
    return None

# %% mistake: parameters_for_state
# Your best state is a list of tensors. A dict with their names is wanted, as `state_dict()` gives it.
# ? What does `model.load_state_dict` take?
def fit(model, train_one, validate, epochs, patience):
    history = {"train": [], "val": []}
    best, best_state, bad = float("inf"), None, 0
    for _ in range(epochs):
        history["train"].append(train_one())
        history["val"].append(validate())
        if history["val"][-1] < best:
            best, bad = history["val"][-1], 0
            best_state = [p.detach().clone() for p in model.parameters()]
        else:
            bad += 1
            if bad >= patience:
                break
    return history, best_state

# %% alternative: all_states
def fit(model, train_one, validate, epochs, patience):
    train, val, states = [], [], []
    while len(val) < epochs:
        train.append(train_one())
        val.append(validate())
        states.append({name: value.clone() for name, value in model.state_dict().items()})
        if len(val) - 1 - val.index(min(val)) >= patience:
            break
    return {"train": train, "val": val}, states[val.index(min(val))]
