"""05: one-hot encoding and loss functions."""

NAME = "05-one-hot-and-losses"
TITLE = "One-hot encoding and losses"
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
