"""The untrusted side: a warm interpreter, and its forks, in which students' code runs."""
