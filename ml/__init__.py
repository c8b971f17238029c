"""Everything that knows diagrams or tensors: the language, drawing, scoring and the models."""
