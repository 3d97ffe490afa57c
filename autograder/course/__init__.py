"""A course: its folder, its assignments and questions, and how a bank's files are read."""
