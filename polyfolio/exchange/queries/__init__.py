"""Reading imports: runs, their reports, and what waits for a person's yes."""
