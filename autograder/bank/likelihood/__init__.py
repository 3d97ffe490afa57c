"""08-likelihood: from coin flips to logistic and softmax regression, by one idea."""

NAME = "08-likelihood"
TITLE = "Likelihood"
QUESTIONS = (
    "likelihood",
    "log_likelihood",
    "mle",
    "nll",
    "LogisticRegression",
    "loss_gradients",
    "fit_softmax",
    "boundary",
)
