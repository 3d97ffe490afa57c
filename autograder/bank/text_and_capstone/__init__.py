"""14: from text to vectors, and a classifier with its card."""

NAME = "14-text-and-capstone"
TITLE = "Text to vectors; capstone"
TEACHES = "words as numbers, and a classifier from beginning to end"
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
