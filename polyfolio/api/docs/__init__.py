"""The document of the API, tidied, and the page that people read."""
