"""Reads of this room; each starts from what the person may see."""
