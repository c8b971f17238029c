"""One module a revision, oldest first by number. Never change one that was released."""
