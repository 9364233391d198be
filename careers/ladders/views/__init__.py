"""Pages of the ladders, of publishing them, and of the levels one holds and aims for."""
