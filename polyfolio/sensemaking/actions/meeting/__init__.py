"""Holding a workshop: taking a seat, acting, ending."""
