"""What a PDF page paints, in paint order: glyphs, areas, pictures, and how each can be seen."""
