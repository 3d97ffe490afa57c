"""What a notebook's cells are: their roles, what they define, and merges left open in them; plain data, no files."""
