"""Makes the descriptions and structures that the language model learns from."""
