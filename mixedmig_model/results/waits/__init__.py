"""Waits and stays out of running totals."""
