"""From `.bib` files to references: split, decoded, inherited, checked, kept in the cache."""
