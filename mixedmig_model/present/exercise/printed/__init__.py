"""What is printed after an exercise: sheets and the report."""
