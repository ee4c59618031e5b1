"""Geometry of the pictures: typed values in, typed points and paths out, drawn as SVG by `web/templates/pictures/`.

Coordinates are in units of each picture's own drawing and rounded to tenths. Nothing here knows words, colours or
addresses beyond those it is handed: labels come in with the reader's language already chosen, and go out unchanged.
"""
