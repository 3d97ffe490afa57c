"""06: manual weight updates and gradient descent."""

NAME = "06-manual-weight-updates"
TITLE = "Manual weight updates"
TEACHES = "the work of an optimiser, by hand, and how long a step may be"
QUESTIONS = (
    "sgd_step",
    "zero_grads",
    "train_step",
    "fit_line",
    "max_stable_lr",
    "batch_gradient",
    "n_updates",
    "before_after",
    "train_manual",
)
