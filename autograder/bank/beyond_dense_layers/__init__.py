"""15-beyond-dense-layers: convolution, pooling, recurrence, dropout, batch norm and embeddings, on tiny data."""

from autograder.course.question import Written

NAME = "15-beyond-dense-layers"
TITLE = "Beyond dense layers"
TEACHES = "convolution, recurrence, dropout, batch norm and embeddings, by hand"
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
WRITTEN = (Written("why_one_at_a_time", 2, "Wrong when asked alone", minutes=8, difficulty="medium"),)
