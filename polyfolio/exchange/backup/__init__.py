"""One file that holds an installation: every row and every uploaded file, verified when it is read back.

The file is a compressed tar of JSON lines, the same for SQLite and PostgreSQL, so that an installation can
grow from one into the other.
"""
