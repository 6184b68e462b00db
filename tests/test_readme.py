"""What the README and the docs show is what happens."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KG = [sys.executable, "-m", "kg.cli"]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def built(folder: Path) -> None:
    command = [*KG, "build", "--example", "--published", "2023-02-17", "-o", "talks.ttl"]
    subprocess.run(command, cwd=folder, check=True)


def test_the_python_example_runs(tmp_path: Path) -> None:
    (code,) = re.findall(r"<!-- example -->\n```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert "Aleksandr Lukashenko" in run.stdout
    assert "[2023-04..2023-05]" in run.stdout
    assert (tmp_path / "talks.trig").stat().st_size > 10_000


def test_the_shown_answer_is_the_answer(tmp_path: Path) -> None:
    command, shown = re.findall(r"```console\n\$ kg (query talks\.ttl .*?)\n(.*?)```", README, re.DOTALL)[0]
    built(tmp_path)
    run = subprocess.run([*KG, *command.split()], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert run.stdout == shown


@pytest.mark.parametrize("page", [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"], ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_question_of_the_extending_page_works(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    (tmp_path / "visits.rq").write_text(text, encoding="utf-8")
    built(tmp_path)
    command = [*KG, "query", "talks.ttl", "visits.rq", "-p", "place=Moscow"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert "Aleksandr Lukashenko" in run.stdout
