"""A question to the passages that answer it."""
