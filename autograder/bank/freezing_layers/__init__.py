"""13: initialisation, transfer, freezing layers."""

NAME = "13-freezing-layers"
TITLE = "Initialisation, transfer, freezing layers"
TEACHES = "a good start, saving, freezing, and a new head for an old network"
QUESTIONS = (
    "default_bound",
    "init_model",
    "rows_identical",
    "save",
    "freeze",
    "finetune",
    "replace_head",
    "param_groups",
    "freeze_batchnorm",
)
