"""A report made again from the inputs that it keeps: equal, or what differs."""
