"""The self-assessment of an organisation: its statements, how answers are scored, and what the result may mean.

The four facets are OECD OPSI's (Innovation Facets Model); wordings, scoring and readings are ours.
"""
