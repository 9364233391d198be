"""Pages of the ladders, of what lies between their levels, and of publishing them."""
