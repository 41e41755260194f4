"""Cost book, costs of a case, drivers and submitted budgets."""
