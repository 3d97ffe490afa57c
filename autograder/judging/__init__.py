"""From what a test found to marks and words."""
