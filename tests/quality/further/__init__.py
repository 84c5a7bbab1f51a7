"""Further question sets: 1.jsonl asks of the documents whose names stand in 1.txt, and so on."""
