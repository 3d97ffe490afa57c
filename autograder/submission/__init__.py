"""What was handed in: whose work, which file, which moment, and the cells of the notebook."""
