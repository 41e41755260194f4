"""Forms for a case of one's own."""
