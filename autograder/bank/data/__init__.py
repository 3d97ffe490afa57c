"""10: data sets, splits, loaders and transforms."""

from autograder.course.question import Written

NAME = "10-data"
TITLE = "Data"
TEACHES = "from a file to batches, without letting the answer slip in"
QUESTIONS = (
    "TableDataset",
    "load_animals",
    "standardise",
    "split",
    "batch_sizes",
    "make_loaders",
    "AddMult",
    "twins",
    "to_device",
)
WRITTEN = (Written("why_too_good", 2, "A test that is too easy", minutes=8, difficulty="medium"),)
