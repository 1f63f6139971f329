"""A process that has everything loaded and waits for the next command of its user."""
