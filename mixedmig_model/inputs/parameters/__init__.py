"""Parameters: the catalogue, and checks of values."""
