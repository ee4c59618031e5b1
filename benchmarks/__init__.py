"""Measured promises: one script each, all run by `make bench`, results kept in docs/benchmarks.md."""
