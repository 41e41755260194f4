"""Breaches, harms, headlines and details of a run, and what may be said of an option."""
