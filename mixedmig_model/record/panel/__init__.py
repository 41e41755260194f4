"""What the panel shows of a run: its rows, its strip, its sentence."""
