"""`./houvast lock`: write the lock files again. What is locked stays, unless `--upgrade` is given."""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Every lock with the one it has to agree with.
LOCKS = (
    ("requirements.in", None),
    ("requirements-dev.in", "requirements.txt"),
    ("tools/requirements-node.in", None),
)
COMPILE = ["pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--only-binary", ":all:"]
COMPILE += ["--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "./houvast lock"]
LACKS = 3


def compile_python(source: str, constraint: str | None, *, upgrade: bool) -> None:
    """Lock one list of Python packages, with a hash for every file and without the address of any index."""
    uv = Path(sys.executable).parent / "uv"
    command = [str(uv), *COMPILE, source, "-o", str(Path(source).with_suffix(".txt"))]
    command += ["--constraint", constraint] if constraint else []
    subprocess.run([*command, *(["--upgrade"] if upgrade else [])], cwd=ROOT, check=True)


def lock_assets() -> None:
    """Lock the npm packages of package.json, then leave out what no installation needs."""
    npm = shutil.which("npm")
    if not npm:
        sys.exit("houvast: npm (Node 20 or newer) is needed to lock the front-end packages.")
    subprocess.run(
        [npm, "install", "--package-lock-only", "--ignore-scripts", "--silent"], cwd=ROOT, check=True
    )
    file = ROOT / "package-lock.json"
    lock = json.loads(file.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        # Addresses: of makers who ask for support, and of the registry of whoever made the lock.
        package.pop("funding", None)
        package.pop("resolved", None)
    file.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


def main() -> int:
    """Write all lock files."""
    parser = argparse.ArgumentParser("./houvast lock", description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest Python versions that fit")
    chosen = parser.parse_args()
    try:
        for source, constraint in LOCKS:
            compile_python(source, constraint, upgrade=chosen.upgrade)
        lock_assets()
    except subprocess.CalledProcessError as error:
        print(f"houvast: locking failed: {Path(error.cmd[0]).name} told why above.", file=sys.stderr)
        return LACKS
    return 0


if __name__ == "__main__":
    sys.exit(main())
