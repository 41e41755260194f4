"""Figures of reports, with alt text and tables of numbers."""
