"""The arithmetic of pictures and flags: pure, without a database."""
