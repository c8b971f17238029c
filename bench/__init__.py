"""Measurements of speed; each module is run by itself."""
