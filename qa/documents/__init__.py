"""Files read into documents, and documents cut into passages."""
