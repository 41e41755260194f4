"""Questions and lessons of self-study."""
