"""What the panel says."""
