"""What reports, commands and batches say.

They are frozen typed records.
"""
