"""The engine stage: one TeX job to a PDF, by programs that are not trusted."""
