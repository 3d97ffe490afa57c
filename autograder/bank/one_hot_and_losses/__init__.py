"""05: one-hot encoding and loss functions."""

from autograder.course.question import Written

NAME = "05-one-hot-and-losses"
TITLE = "One-hot encoding and losses"
TEACHES = "labels as rows, and the three losses that nearly all networks are trained with"
QUESTIONS = (
    "one_hot",
    "from_one_hot",
    "mse",
    "cross_entropy",
    "cross_entropy_soft",
    "bce_with_logits",
    "best_ce_with_01_scores",
    "chance_loss",
)
WRITTEN = (Written("why_ln_k", 2, "Why the loss begins near ln k", minutes=8, difficulty="medium"),)
