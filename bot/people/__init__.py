"""What concerns a person: their data, taken home or forgotten, and who may take part."""
