"""Forms of the brag document."""
