"""07-linear-regression: the perceptron, then lines fitted from scratch, then several outputs at once."""

NAME = "07-linear-regression"
TITLE = "Perceptron and linear regression"
TEACHES = "the perceptron, the line, and what neither of them can do"
QUESTIONS = (
    "step",
    "perceptron_update",
    "train_perceptron",
    "best_perceptron_on_xor",
    "predict",
    "slope_gd",
    "normal_equation",
    "multi_output",
)
