"""The profile: from a file to a valid model, with the place of every value."""
