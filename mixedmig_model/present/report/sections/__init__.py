"""Sections of a report as HTML."""
