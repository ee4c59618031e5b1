"""From what an activity says to our records: mapped, merged with what people edited, written in small transactions."""
