"""A whole server simulated without Discord, to measure what the learning loop is worth."""
