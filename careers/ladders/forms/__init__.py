"""What is asked about ladders: levels, pairs of them, a document to publish."""
