"""Break-evens and the cost of delay."""
