"""What may be said of an option, in words: templates, the sentence, cells of tables."""
