"""The questions: references, mistakes, alternatives and tests. Never shipped to students."""
