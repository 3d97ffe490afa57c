import torch
from torch import nn

# %% reference
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% alternative: probabilities
def head(task, k):
    if task == "binary":
        return 1, "sigmoid", "bce"
    if task == "multiclass":
        return k, "log_softmax", "nll"
    if task == "multilabel":
        return k, "sigmoid", "bce"
    return k, None, "mse"

# %% alternative: two_classes
def head(task, k):
    loss = {"binary": "cross_entropy", "multiclass": "cross_entropy", "regression": "mse"}.get(task, "bce_with_logits")
    return [k, "none", loss]

# %% alternative: match
def head(task, k):
    match task:
        case "binary" | "multilabel":
            return (1 if task == "binary" else k), "none", "BCE_with_logits"
        case "multiclass":
            return torch.tensor(k), "none", "cross_entropy"
        case "regression":
            return k, "none", "mse"

# %% mistake: softmax_single_output
# For yes or no you put a softmax over a single output (or a cross-entropy, which has one inside). That is always 1, and its gradient always 0.
# ? What is softmax of one number, whatever the number is?
def head(task, k):
    return {"binary": (1, "softmax", "bce"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: softmax_single_output
def head(task, k):
    return {"binary": (1, "none", "cross_entropy"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: softmax_single_output
def head(task, k):
    return {"binary": (1, "softmax", "cross_entropy"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: softmax_single_output
def head(task, k):
    return {"binary": (1, "log_softmax", "nll"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: softmax_before_ce
# You put a softmax before the cross-entropy, which does one itself. Squeezed twice, a bad mistake costs little, and a perfect answer still costs something.
# ? Which of the losses takes raw scores?
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "softmax", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: softmax_before_ce
def head(task, k):
    return {"binary": (2, "softmax", "cross_entropy"), "multiclass": (k, "softmax", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: relu_on_regression
# You put a ReLU behind a regression: no number below 0 can come out, and where the sum is negative, no gradient comes back.
# ? What should the network answer for −3 degrees?
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "relu", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: sigmoid_before_bcewithlogits
# You put a sigmoid before "bce_with_logits", which does one itself. Squeezed twice, the loss can't get below 0.3133 for a yes and 0.6931 for a no.
# ? What does "with logits" mean?
def head(task, k):
    return {"binary": (1, "sigmoid", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: sigmoid_before_bcewithlogits
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "sigmoid", "bce_with_logits")}[task]

# %% mistake: sigmoid_before_bcewithlogits
def head(task, k):
    return {"binary": (1, "sigmoid", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "sigmoid", "bce_with_logits")}[task]

# %% mistake: bce_without_sigmoid
# You gave raw scores to "bce", which takes probabilities from 0 to 1. It stops with an error, or worse.
# ? Which step makes a probability of a score?
def head(task, k):
    return {"binary": (1, "none", "bce"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: bce_without_sigmoid
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce")}[task]

# %% mistake: bce_without_sigmoid
def head(task, k):
    return {"binary": (1, "none", "bce"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce")}[task]

# %% mistake: nll_without_log
# "nll" takes the logarithms of probabilities, and you gave it scores or probabilities. It answers −0.8 for a probability of 0.8, and says nothing.
# ? Which last step gives logarithms of probabilities?
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "softmax", "nll"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: nll_without_log
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "nll"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: several_as_one_of
# For several labels at once you took softmax or cross-entropy, for which exactly one class is right.
# ? May a photo show a fox and an owl? What must the shares of softmax add up to?
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "cross_entropy")}[task]

# %% mistake: several_as_one_of
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "softmax", "cross_entropy")}[task]

# %% mistake: several_as_one_of
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "softmax", "bce")}[task]

# %% mistake: several_as_one_of
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "log_softmax", "nll")}[task]

# %% mistake: one_of_as_several
# For one class of several you took a yes or no for each. Exactly one is right, so the scores should compete.
# ? Which loss knows that the classes exclude each other?
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "bce_with_logits"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: one_of_as_several
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "sigmoid", "bce"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: squeezed_regression
# You squeezed the numbers of a regression into a small range: with a sigmoid, none above 1 can come out.
# ? Which prices lie between 0 and 1?
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "sigmoid", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: squeezed_regression
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "softmax", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: one_output_only
# A single output can't answer for k classes, labels or numbers.
# ? How many numbers must come out for k targets?
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (1, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: one_output_only
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (1, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: one_output_only
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (1, "none", "bce_with_logits")}[task]

# %% mistake: one_output_only
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (1, "none", "cross_entropy"), "regression": (1, "none", "mse"), "multilabel": (1, "none", "bce_with_logits")}[task]

# %% mistake: two_outputs_one_loss
# For yes or no you have two outputs, but a loss for one.
# ? Which loss belongs to two classes that exclude each other?
def head(task, k):
    return {"binary": (2, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: two_outputs_one_loss
def head(task, k):
    return {"binary": (2, "sigmoid", "bce"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: mse_for_classes
# You took the mean squared error for classes. It hardly minds a forecast that is sure and wrong.
# ? Which loss grows without end if the true class gets a share near 0?
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "softmax", "mse"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: mse_for_classes
def head(task, k):
    return {"binary": (1, "sigmoid", "mse"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: mse_for_classes
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "mse"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: mse_for_classes
def head(task, k):
    return {"binary": (1, "none", "mse"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: fixed_count
# Your number of outputs is written down; it should follow k.
# ? What does your function answer for 10 classes?
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (3, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% mistake: fixed_count
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (3, "none", "bce_with_logits")}[task]

# %% wrong: always_binary
def head(task, k):
    return 1, "none", "bce_with_logits"

# %% wrong: nothing
def head(task, k):
    return None

# %% mistake: another_order
# The three come in another order: first the number of outputs, then the last step, then the loss.
# ? What do the names say in `n_out, final, loss = head(task, k)`?
def head(task, k):
    return {"binary": (1, "bce_with_logits", "none"), "multiclass": (k, "cross_entropy", "none"), "regression": (k, "mse", "none"), "multilabel": (k, "bce_with_logits", "none")}[task]

# %% mistake: another_order
def head(task, k):
    return {"binary": ("none", 1, "bce_with_logits"), "multiclass": ("none", k, "cross_entropy"), "regression": ("none", k, "mse"), "multilabel": ("none", k, "bce_with_logits")}[task]

# %% mistake: modules_for_words
# You give PyTorch's layers and losses themselves; the last step and the loss are wanted as words, in quotes.
# ? Which five words does the question give for the last step?
def head(task, k):
    return {"binary": (1, nn.Identity(), nn.BCEWithLogitsLoss()), "multiclass": (k, nn.Identity(), nn.CrossEntropyLoss()), "regression": (k, nn.Identity(), nn.MSELoss()), "multilabel": (k, nn.Identity(), nn.BCEWithLogitsLoss())}[task]

# %% mistake: modules_for_words
def head(task, k):
    return {"binary": (1, "none", nn.BCEWithLogitsLoss()), "multiclass": (k, "none", nn.CrossEntropyLoss()), "regression": (k, "none", nn.MSELoss()), "multilabel": (k, "none", nn.BCEWithLogitsLoss())}[task]

# %% mistake: relu_before_the_loss
# You put a ReLU before the loss: scores below 0 are cut off, so no answer below one half can come out for a yes or no, and no negative number for a regression.
# ? Which step turns scores into what each loss wants, and does it cut anything off?
def head(task, k):
    return {"binary": (1, "relu", "bce_with_logits"), "multiclass": (k, "relu", "cross_entropy"), "regression": (k, "relu", "mse"), "multilabel": (k, "relu", "bce_with_logits")}[task]

# %% wrong: a_class_less
def head(task, k):
    return {"binary": (1, "none", "bce_with_logits"), "multiclass": (k - 1, "none", "cross_entropy"), "regression": (k, "none", "mse"), "multilabel": (k, "none", "bce_with_logits")}[task]

# %% alternative: lists_and_capitals
def head(task, k):
    return {"binary": [1, "Sigmoid", "BCE"], "multiclass": [k, "log_softmax", "nll"], "regression": [k, None, "mse"], "multilabel": [k, "sigmoid", "bce"]}[task]
