"""Proves that what a machine extracts from a PDF is what the profile says.

``report.check`` is all of it; ``quick.check_quickly`` is what every build can pay for.
"""
