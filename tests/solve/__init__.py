"""Tests of the solver's faster path."""
