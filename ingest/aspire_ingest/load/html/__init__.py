"""HTML pages: what a browser shows of their main part."""
