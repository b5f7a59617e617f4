"""DOCX: the text that Word shows."""
