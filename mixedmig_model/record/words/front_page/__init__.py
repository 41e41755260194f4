"""Words of the first page."""
