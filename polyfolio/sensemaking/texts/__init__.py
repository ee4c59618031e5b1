"""What is read out of words: suggestions, names, columns of a table. Pure."""
