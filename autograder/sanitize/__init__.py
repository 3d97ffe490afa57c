"""Makes a stranger's outputs, HTML and Markdown harmless."""
