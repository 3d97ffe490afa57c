"""08-likelihood: from coin flips to logistic and softmax regression, by one idea."""

NAME = "08-likelihood"
TITLE = "Likelihood"
TEACHES = "where cross-entropy comes from: logistic and softmax regression"
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
