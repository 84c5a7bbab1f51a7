"""Passages to an answer: the sentence that says it, and where it stands."""
