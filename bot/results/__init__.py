"""What is shown of a request: statuses, diagrams, their buttons, pages and files."""
