"""Files and processes, without a word of the field: one writer, digests, what is kept, workers."""
