"""04: activations, and the heads that end a network."""

NAME = "04-activations"
TITLE = "Activations and heads"
QUESTIONS = (
    "sigmoid",
    "tanh",
    "leaky_relu",
    "softmax",
    "derivatives",
    "gradient_ratio",
    "head",
    "decide",
)
