"""The language model: prompts, training data, generation and fine-tuning."""
