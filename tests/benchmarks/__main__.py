"""``python -m tests.benchmarks NAME --json``: ours against a peer or a limit, in the same run.

Answers {"name", "results": [{"case", "ours", "peer", "ratio", "unit"}]}; ratio = how many times as fast as
the peer or the limit, over 1 is faster.
"""

import argparse
import importlib
import json
import sys
import unicodedata

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
    "intake": "intake",
}


def main() -> int:
    """Run one benchmark, or all of them in turn."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("name", nargs="?", choices=sorted(MODULES))
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    for name in [arguments.name] if arguments.name else MODULES:
        results = importlib.import_module(f"tests.benchmarks.{MODULES[name]}").run()
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
        print(
            f"  {pad(str(result['case']), 52)} {result['ours']:>9.3g} {peer:>9} {result['unit']:<10} {ratio}"
        )


def pad(text: str, width: int) -> str:
    """Fill ``text`` up to ``width`` columns; Chinese takes two."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * (width - taken)


if __name__ == "__main__":
    sys.exit(main())
