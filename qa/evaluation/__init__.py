"""Question sets to measures: how well an index answers questions whose answers are known."""
