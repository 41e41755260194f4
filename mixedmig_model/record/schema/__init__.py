"""What reports, commands and batches say, as frozen typed records."""
