"""04: activations, and the heads that end a network."""

NAME = "04-activations"
TITLE = "Activations and heads"
TEACHES = "activations that survive large numbers, and which end belongs to which task"
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
