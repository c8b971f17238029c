"""The real bot in a simulated Discord: the demo and the playground."""
