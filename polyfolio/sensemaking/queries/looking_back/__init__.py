"""What was decided, found, measured and held, and how a portfolio stood."""
