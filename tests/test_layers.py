"""Import direction: graphs → agents → tools → models → data types; `prompts` is read by agents alone."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA_TYPES = {
    "tools.vocabulary",
    "tools.scene",
    "tools.layout",
    "tools.canvas",
    "tools.artifacts",
    "tools.trajectory",
    "tools",
}


def layer(module: str) -> int:
    if module in DATA_TYPES:
        return 0
    return {"models": 1, "tools": 2, "agents": 3, "graphs": 4, "evals": 5, "tests": 6}.get(module.split(".")[0], -1)


def is_module(name: str) -> bool:
    place = ROOT / name.replace(".", "/")
    return place.with_suffix(".py").exists() or place.is_dir()


def imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (name for alias in node.names if is_module(name := f"{node.module}.{alias.name}"))


SOURCES = [path for folder in ("graphs", "agents", "tools", "models") for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path):
    own = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    above = [name for name in imports(path) if layer(name) > layer(own)]
    assert not above, f"{own} imports from above: {above}"


def test_prompts_are_read_by_agents_alone():
    named = re.compile(r"""["']prompts["'/]""")
    readers = [path for path in SOURCES if named.search(path.read_text()) and path.parts[-2] != "agents"]
    assert readers == [ROOT / "graphs" / "__init__.py"]  # it only looks where the folder is


def test_heavy_libraries_are_imported_late():
    names = ("torch", "diffusers", "transformers", "openai")
    code = f"import graphs.instruct, sys; print([name for name in {names} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_shadowed_packages_are_refused(tmp_path):
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "__init__.py").write_text("")
    path = f"sys.path.insert(0, {str(tmp_path)!r}); import agents; sys.path.append({str(ROOT)!r})"
    code = f"import sys; {path}; import graphs"
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert found.returncode and "'agents' is shadowed" in found.stderr


PARTS = ("reading", "world", "telling", "showing")
"""The folders of the embedded planner; each knows those before it."""


@pytest.mark.parametrize("part", PARTS)
def test_embedded_planner_reads_before_it_tells(part):
    later = tuple(f"agents.embedded.{name}" for name in PARTS[PARTS.index(part) + 1 :])
    for path in (ROOT / "agents" / "embedded" / part).rglob("*.py"):
        assert not [name for name in imports(path) if name.startswith(later)], path
