"""Diagrams in the formats of other programs: `export` in `formats`, one module a format.

Everything is a pure function of a Spec and its Scene: the same bytes every time, and no
torch. OpenCV is loaded for PNGs alone.
"""
