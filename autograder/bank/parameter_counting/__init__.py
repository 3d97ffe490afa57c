"""03: parameter counting and linear layers."""

NAME = "03-parameter-counting"
TITLE = "Parameter counting"
TEACHES = "how many numbers a network learns, and why a deep one may be one layer in disguise"
QUESTIONS = (
    "linear",
    "count_linear",
    "count_mlp",
    "count_parameters",
    "parameter_table",
    "first_mismatch",
    "build_mlp",
    "collapse",
)
