"""Tables of text for a terminal, and tables for sharing."""
