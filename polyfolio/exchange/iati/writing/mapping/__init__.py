"""From what an activity says to rows of ours: pure, and the same whoever asks."""
