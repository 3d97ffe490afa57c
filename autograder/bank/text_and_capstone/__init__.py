"""14: from text to vectors, and a classifier with its card."""

NAME = "14-text-and-capstone"
TITLE = "Text to vectors; capstone"
QUESTIONS = (
    "tokenise",
    "build_vocab",
    "bag_of_words",
    "tf_idf",
    "embed",
    "cosine",
    "train_classifier",
    "model_card",
)
