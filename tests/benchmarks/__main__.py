"""``python -m tests.benchmarks NAME --json``: ours against a peer or a limit, in the same run.

Answers {"name", "results": [{"case", "ours", "peer", "ratio", "unit"}]}; ratio = how many times as fast as
the peer or the limit, over 1 is faster.
"""

import argparse
import importlib
import json
import sys
import unicodedata
from pathlib import Path

MODULES = {
    "actions": "actions",
    "queue-page": "queue_page",
    "feed": "feed",
    "start": "start",
    "map": "map",
    "boards": "boards",
    "counters": "counters",
    "queue": "queue",
    "stream": "stream",
    "sweep": "sweep",
    "intake": "intake",
    "wall": "wall",
    "places": "places",
}
CITY = ("boards", "counters")  # of a city, which --city keeps from run to run


def main() -> int:
    """Run one benchmark, or all of them in turn."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("name", nargs="?", choices=sorted(MODULES))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--city", type=Path, help="folder that keeps the city of boards and counters")
    arguments = parser.parse_args()
    for name in [arguments.name] if arguments.name else MODULES:
        work = importlib.import_module(f"tests.benchmarks.{MODULES[name]}").run
        results = work(arguments.city) if name in CITY else work()
        if arguments.json:
            print(json.dumps({"name": name, "results": results}, ensure_ascii=False))
        else:
            show(name, results)
    return 0


def show(name: str, results: list[dict[str, object]]) -> None:
    """Print a table a person can read."""
    print(name)
    for result in results:
        ratio = f"{result['ratio']:.2f} ×" if result["ratio"] is not None else "—"
        peer = f"{result['peer']:.3g}" if result["peer"] is not None else "—"
        cpu = " ".join(f"{result[key]:.0f}" for key in ("cpu", "peer_cpu") if key in result)
        row = (
            f"  {pad(str(result['case']), 52)} {result['ours']:>9.3g} {peer:>9} {result['unit']:<10} {ratio}"
        )
        print(f"{row:<100} {cpu and 'cpu ' + cpu}".rstrip())


def pad(text: str, width: int) -> str:
    """Fill ``text`` up to ``width`` columns; Chinese takes two."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * (width - taken)


if __name__ == "__main__":
    sys.exit(main())
