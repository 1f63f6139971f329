"""The person's photo: found beside the profile, decoded in a process of its own, encoded anew."""
