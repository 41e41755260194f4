"""What made a difference, and where queues go."""
