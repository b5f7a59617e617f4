"""XLSX: cells as they are displayed."""
