"""The diagram language: what a diagram says (Spec), where it stands (Scene), and its texts."""
