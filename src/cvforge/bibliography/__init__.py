"""The bibliography stage: `.bib` files to references, and references to publications of a CV."""
