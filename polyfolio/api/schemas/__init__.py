"""What each resource answers and takes, as documented types."""
