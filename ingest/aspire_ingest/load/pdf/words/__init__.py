"""From glyphs to words in their places, with what lies over them, around them and in forms."""
