"""12: learning rate, momentum and adaptive methods."""

NAME = "12-optimizers"
TITLE = "Learning rate, momentum, adaptive methods"
TEACHES = "learning rate, momentum, Adam and RMSprop, rebuilt and compared with PyTorch's"
QUESTIONS = (
    "gd_quadratic",
    "regime",
    "momentum_step",
    "sgd_options",
    "adam_step",
    "rmsprop_step",
    "escape",
    "lr_find",
)
