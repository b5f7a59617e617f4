"""Open XML (Word, slides, sheets): the parts of a file, the text of its shapes, equations."""
