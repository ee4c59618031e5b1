"""Runs every benchmark at its promised size, one process each, one after the other."""

from __future__ import annotations

import subprocess
import sys

SCRIPTS = {
    "benchmarks.search": ["--records", "1000000"],
    "benchmarks.iati_import": ["--activities", "20000"],
    "benchmarks.pages": ["--initiatives", "10000"],
    "benchmarks.board": ["--initiatives", "300"],
    "benchmarks.search_page": ["--records", "1000000"],
    "benchmarks.workshop": ["--people", "40"],
}


def main() -> int:
    chosen = sys.argv[1:] or list(SCRIPTS)
    for module in chosen:
        print(f"\n{module}\n", flush=True)
        ended = subprocess.run([sys.executable, "-m", module, *SCRIPTS[module]], check=False)
        if ended.returncode:
            return ended.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
