"""Builds of many CVs: what is to be done, by whom, and what becomes of the results."""
