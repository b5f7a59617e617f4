"""A site on loopback for the tests of sync: pages in two languages that change and misbehave."""

from tests.test_site.content import new_content
from tests.test_site.server import Site, serve

__all__ = ["Site", "new_content", "serve"]
