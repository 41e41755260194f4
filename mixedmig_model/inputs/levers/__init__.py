"""Levers and presets: schema, reading, checks and effects."""
