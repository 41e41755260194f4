"""Words of exercises."""
