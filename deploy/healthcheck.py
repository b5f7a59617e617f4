"""Ends with 0 where the bot of this machine answers on `/healthz`, else with 1 and the reason."""

import os
import sys
from http.client import HTTPConnection, HTTPException

TIMEOUT_S = 4


def main(path: str = "/healthz") -> int:
    """Ask for `path` on loopback, on the port of `ASPIRE_PORT` (3000)."""
    connection = HTTPConnection(
        "127.0.0.1", int(os.environ.get("ASPIRE_PORT") or 3000), timeout=TIMEOUT_S
    )
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        said = response.read(500).decode("utf-8", "replace")
    except (OSError, HTTPException) as error:
        sys.stderr.write(f"no answer on {path}: {error}\n")
        return 1
    finally:
        connection.close()
    if response.status != 200:
        sys.stderr.write(f"{path}: {response.status} {said}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
