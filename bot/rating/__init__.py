"""Ratings by reactions and by buttons."""
