"""The fitting stage: which part of a CV is shown where not all may be."""
