"""11: training loops, from the table to an honest number."""

NAME = "11-training-loops"
TITLE = "Training loops"
QUESTIONS = (
    "leaky_columns",
    "encode",
    "train_epoch",
    "evaluate",
    "fit",
    "rmse_usd",
    "baseline_rmse",
    "diagnose",
)
