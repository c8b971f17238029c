"""Scores: readability by a CNN ensemble, taste by an autoencoder and k-NN, and the ranking."""
