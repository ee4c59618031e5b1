"""The texts of the example networks, written by hand, and what varies them."""
