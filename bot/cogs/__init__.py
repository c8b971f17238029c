"""The commands and events of the bot, one module a feature. Thin: no SQL, no tensors."""
