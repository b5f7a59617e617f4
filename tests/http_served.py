"""A WSGI application over real HTTP, served and stopped as the product does it."""

import threading
from collections.abc import Generator
from contextlib import contextmanager

from aspire_bot.slack.platform.http import HttpServer


@contextmanager
def http_served(server: HttpServer) -> Generator[int]:
    """Answer until the block ends; gives the port.

    The loop has ended before a socket is closed: one that is closed under the loop makes it fail.
    """
    stop = threading.Event()
    runner = threading.Thread(target=server.run, args=(stop,))
    runner.start()
    try:
        yield server.port
    finally:
        stop.set()
        runner.join()
        server.close()
