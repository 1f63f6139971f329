"""Fonts of this machine: which there are, what each can print, and which one to fall back on."""
