"""What the bot remembers: requests, diagrams, messages, ratings, latents and job runs.

`Database` opens the store and hands out sessions; one module a table group holds plain functions
that take the session first. SQLAlchemy is imported nowhere else in the project.
"""
