"""The costing spreadsheet."""
