"""06: manual weight updates and gradient descent."""

NAME = "06-manual-weight-updates"
TITLE = "Manual weight updates"
QUESTIONS = (
    "sgd_step",
)
