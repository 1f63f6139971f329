"""What is read from a finished PDF."""
