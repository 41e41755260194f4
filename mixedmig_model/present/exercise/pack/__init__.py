"""The print pack of an exercise."""
