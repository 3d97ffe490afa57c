"""09: the 2-3-1 network and shallow nets."""

NAME = "09-network-2-3-1"
TITLE = "The 2-3-1 network"
TEACHES = "a first network with a hidden layer, followed number by number"
QUESTIONS = (
    "Net231",
    "forward_by_hand",
    "prepare_targets",
    "train_231",
    "label_floor",
    "fit_sum_rule",
    "dead_units",
    "fit_bump",
)
