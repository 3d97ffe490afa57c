"""15-beyond-dense-layers: convolution, pooling, recurrence, dropout, batch norm and embeddings, on tiny data."""

NAME = "15-beyond-dense-layers"
TITLE = "Beyond dense layers"
QUESTIONS = (
    "convolve",
    "conv_size",
    "as_dense",
    "max_pool",
    "rnn_by_hand",
    "dropout",
    "batch_norm",
    "embedding",
)
