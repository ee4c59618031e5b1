"""From an activity element of the 2.03 form to what it says."""
