"""Loading: from a file, folder, URL or bulk file to documents, one clear error per bad item.

`loader.Loader` is where to begin. Nothing is imported here: the parser process needs one parser,
not what fetches pages.
"""
