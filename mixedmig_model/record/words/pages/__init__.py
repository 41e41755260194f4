"""Sentences of the pages of a report, by subject."""
