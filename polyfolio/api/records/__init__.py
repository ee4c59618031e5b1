"""The routes of each kind of record: parse, one query or one action, shape."""
