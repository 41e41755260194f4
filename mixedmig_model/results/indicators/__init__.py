"""Breaches, harms, headlines and details of a run.

What may be said of an option is here too.
"""
