"""What single commands found, as plain data for programs."""
