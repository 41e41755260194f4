"""Parameters: the catalogue of what the equations read, and whether a value can be read by them."""
