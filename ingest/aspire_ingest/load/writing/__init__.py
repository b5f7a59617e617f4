"""Writing block Markdown: what the loaders of all formats share."""
