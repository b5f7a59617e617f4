"""PPTX: slides from top to bottom."""
