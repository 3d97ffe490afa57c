"""From what was observed to what a student reads."""
