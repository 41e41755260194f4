"""The first page as a record: what it says, and how good the evidence is."""
