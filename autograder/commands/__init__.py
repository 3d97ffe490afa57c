"""One file a command of ``autograder``, and the progress that they show."""
