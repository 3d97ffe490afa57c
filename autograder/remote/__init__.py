"""Both ends of a question to a student's objects."""
