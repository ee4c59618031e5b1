"""The index on disk: its folder, its generations, its code book, its one writer and its readers."""
