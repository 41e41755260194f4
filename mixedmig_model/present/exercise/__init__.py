"""What an exercise shows: screens, and pages to print."""
