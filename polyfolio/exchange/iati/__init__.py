"""The IATI drawer: activity files in (and, later, out)."""
