"""The cost book, costs of a case, what a cost can attach to, and submitted budgets."""
