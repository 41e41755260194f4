"""Draws of uncertain inputs: made, kept, and what they say."""
