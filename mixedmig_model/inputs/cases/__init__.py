"""Cases: their files, tables and scenarios."""
