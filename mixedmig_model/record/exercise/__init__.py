"""What the sheets of an exercise say, as records."""
