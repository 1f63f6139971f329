"""LaTeX as a tree of nodes: escaping, faces and formulas."""
