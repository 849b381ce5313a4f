"""What the README says is what there is."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

from typer.main import get_command

from graphs.instruct import graph
from tests.test_command_line import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
COMMANDS = re.findall(r"^(?:printf .*\| )?python -m (\S+)(.*)$", README, re.MULTILINE)


def test_the_diagram_is_made_from_the_code():
    assert graph.get_graph().draw_mermaid().strip() in README


def test_every_command_names_a_module_that_exists():
    assert len(COMMANDS) >= 8
    assert all(importlib.util.find_spec(module) for module, _ in COMMANDS)


def test_every_option_named_exists():
    known = {option for parameter in get_command(app).params for option in (*parameter.opts, *parameter.secondary_opts)}
    named = {
        option
        for module, rest in COMMANDS
        if module == "graphs.instruct"
        for option in re.findall(r"(--[a-z-]+)", rest)
    }
    assert named - {"--help"} <= known


def test_pictures_and_links_are_there():
    targets = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert targets and all((ROOT / target).exists() for target in targets)


def test_help_works_from_the_shell():
    found = subprocess.run(
        [sys.executable, "-m", "graphs.instruct", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert found.returncode == 0 and "--steps" in found.stdout
