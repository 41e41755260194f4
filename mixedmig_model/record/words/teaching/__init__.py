"""Words of exercises and lessons."""
