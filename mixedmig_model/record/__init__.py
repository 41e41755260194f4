"""What a report says, as plain data and in sentences.

It is the one source of pages, spreadsheets and programs.
"""
