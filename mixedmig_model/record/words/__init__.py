"""Sentences of reports and commands, each made once."""
