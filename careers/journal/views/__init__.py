"""Pages of the brag document: one entry, lists and weeks, projects."""
