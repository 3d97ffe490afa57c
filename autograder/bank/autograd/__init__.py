"""02: autograd, from one derivative to a check of gradients."""

NAME = "02-autograd"
TITLE = "Autograd"
TEACHES = "how PyTorch finds slopes, and how to check one that you do not trust"
QUESTIONS = (
    "grad_at",
    "partials",
    "mean_grad",
    "relu_grad",
    "curve",
    "accumulate",
    "gradcheck_max_err",
    "predict_only",
)
