"""Measurements of speed, memory and quality; each module is run by itself."""
