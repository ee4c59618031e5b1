"""From the bytes of any file to the text of each activity in it."""
