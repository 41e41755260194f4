"""The words of the field, its labels and its calendar: no import of the package."""
