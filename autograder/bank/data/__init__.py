"""10: data sets, splits, loaders and transforms."""

NAME = "10-data"
TITLE = "Data"
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
