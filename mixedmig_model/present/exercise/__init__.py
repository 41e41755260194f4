"""The screens of an exercise, and its print pack."""
