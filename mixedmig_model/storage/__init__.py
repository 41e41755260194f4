"""Files and processes, without a word of the field.

There is one writer, digests, what is kept, and workers.
"""
