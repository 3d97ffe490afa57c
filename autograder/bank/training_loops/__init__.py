"""11: training loops, from the table to an honest number."""

from autograder.course.question import Written

NAME = "11-training-loops"
TITLE = "Training loops"
TEACHES = "loops that tell the truth: an honest loss, and when to stop"
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
WRITTEN = (Written("why_stop", 2, "It is still falling", minutes=8, difficulty="medium"),)
