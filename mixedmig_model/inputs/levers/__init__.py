"""Levers and presets: schema, reading, checks, and what they change in a scenario."""
