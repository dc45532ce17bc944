"""`python -m kiosk.sandbox --port 0 --db PATH`: one JSON line `{"port": N}` when it is ready."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.sandbox.server import serve

DEFAULT_LATENCY = "80-300"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m kiosk.sandbox", description="Invented departments on 127.0.0.1 for demo and tests.")
    parser.add_argument("--port", type=int, default=0, help="0 = any free one")
    parser.add_argument("--db", type=Path, required=True, help="the SQLite file; made and filled when it is not there")
    parser.add_argument("--latency", default=DEFAULT_LATENCY, help="milliseconds a department takes, LEAST-MOST")
    arguments = parser.parse_args()
    least, _, most = arguments.latency.partition("-")
    serve(arguments.port, arguments.db, (int(least) / 1000, int(most or least) / 1000))


if __name__ == "__main__":
    main()
