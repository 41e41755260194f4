"""Published figures: those that a run is compared with, and those that are worked out again."""
