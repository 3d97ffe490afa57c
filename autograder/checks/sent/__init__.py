"""Modules whose text a test sends to the student's process, which defines what stands in them."""
