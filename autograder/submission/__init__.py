"""What was handed in: whose work, which file, which moment, and the cells of the notebook."""

from autograder.light_imports import jsonschema_without_grammar

jsonschema_without_grammar()  # before anything here imports nbformat
