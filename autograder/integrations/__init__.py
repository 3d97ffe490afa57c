"""Other people's doors: nbgrader, GitHub Classroom, pytest."""
