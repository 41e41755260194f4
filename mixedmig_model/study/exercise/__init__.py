"""An exercise played by teams.

It has decisions, rounds, what roles see, scores, and replays with one decision changed.
"""
