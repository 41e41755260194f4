"""Figures of reports, each with alt text and a table of its numbers."""
