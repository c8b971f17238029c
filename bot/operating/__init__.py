"""What keeps the bot going, for those who run it: its models, jobs and data."""
