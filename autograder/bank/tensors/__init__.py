"""01: tensors: shape, dtype, device and memory."""

NAME = "01-tensors"
TITLE = "Tensors"
TEACHES = "what a tensor is: shape, dtype, device, broadcasting, copies and windows"
QUESTIONS = (
    "describe",
    "adjust",
    "products",
    "safe_mean",
    "as_column",
    "slice_copy",
    "int_ok",
    "like",
)
