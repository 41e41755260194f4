"""What a report says, as plain data and in sentences: the one source of pages, spreadsheets and programs."""
