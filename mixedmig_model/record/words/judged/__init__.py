"""What may be said of an option, in words.

It has templates, the sentence, and cells of tables.
"""
