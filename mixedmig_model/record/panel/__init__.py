"""Words of the panel for a run: its rows, strip and sentence."""
