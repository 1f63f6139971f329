"""The house style: title first, then the authors, then where and when."""
