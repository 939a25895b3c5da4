"""What `start.py` does on a machine that has never seen the project, and on one where something went wrong.

Real environments are made by the real pip, from wheels made here, without a network.
The checkout is a small one; the installer in it is ours.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

INSTALLER = Path(__file__).resolve().parents[2] / "installer"

BACKEND = """
import pathlib, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "muniment-0.1.0-py3-none-any.whl"
    info = "muniment-0.1.0.dist-info/"
    with zipfile.ZipFile(pathlib.Path(wheel_directory, name), "w") as wheel:
        wheel.writestr("muniment.pth", str(pathlib.Path("app").resolve()))
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: muniment\\nVersion: 0.1.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
"""
PROGRAM = "import sys\nprint('muniment was asked:', *sys.argv[1:])\nsys.exit(7)\n"


def write_wheel(folder: Path, name: str, body: str) -> str:
    """Make a wheel holding one module, and give the line of a lock that lets in this content only."""
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": body,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(text.encode())}\n"
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in {**files, f"{info}/RECORD": record + f"{info}/RECORD,,\n"}.items():
            # A fixed date, so that the same content has the same hash whenever it is written.
            archive.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), text)
    return f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@dataclass(frozen=True, slots=True)
class Checkout:
    """A small checkout and the folder of wheels it may install from."""

    top: Path
    wheels: Path

    @property
    def lock(self) -> Path:
        return self.top / "installer/requirements.lock"

    @property
    def venv(self) -> Path:
        return self.top / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def start(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run start.py as a person would, on a machine without a display and with no settings for pip."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "DISPLAY", "WAYL"))}
        return subprocess.run(
            [sys.executable, "installer/start.py", "--without-packages", *words],
            cwd=self.top,
            env={**kept, **variables},
            capture_output=True,
            text=True,
        )

    def start_offline(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run start.py with the folder of wheels as its only source."""
        return self.start(*words, "--wheels", str(self.wheels))

    def ask(self, code: str) -> str:
        """Run a line of Python in the environment that was made and give what it prints."""
        done = subprocess.run([str(self.python), "-c", code], cwd=self.wheels, capture_output=True, text=True)
        return (done.stdout + done.stderr).strip()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout that was never set up."""
    top = tmp_path_factory.mktemp("checkout")
    wheels = tmp_path_factory.mktemp("wheels")
    (top / "installer").mkdir()
    for file in INSTALLER.glob("*.py"):
        shutil.copy(file, top / "installer")
    (top / "app/muniment").mkdir(parents=True)
    (top / "app/muniment/__init__.py").write_text("", "utf-8")
    (top / "app/muniment/__main__.py").write_text(PROGRAM, "utf-8")
    (top / "backend.py").write_text(BACKEND, "utf-8")
    (top / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n', "utf-8"
    )
    made = Checkout(top, wheels)
    made.lock.write_text(write_wheel(wheels, "first_words", "said = 'first'\n"), "utf-8")
    return made


@pytest.fixture(scope="module")
def set_up(checkout: Checkout) -> Checkout:
    """A checkout that was set up once."""
    done = checkout.start_offline("setup")
    assert done.returncode == 0, done.stdout + done.stderr
    return checkout


def witness(checkout: Checkout) -> Path:
    """Leave a file in the environment that is gone once the environment has been built anew."""
    file = checkout.venv / "witness"
    file.touch()
    return file


def test_setup_puts_the_locked_packages_and_the_project_on_the_path(set_up: Checkout) -> None:
    assert set_up.ask("import first_words; print(first_words.said)") == "first"
    assert Path(set_up.ask("import muniment; print(muniment.__file__)")).is_relative_to(set_up.top)


def test_setup_leaves_bytecode_behind(set_up: Checkout) -> None:
    assert list((set_up.top / "app/muniment/__pycache__").glob("__main__.*.pyc"))


def test_a_second_setup_changes_nothing(set_up: Checkout) -> None:
    left = witness(set_up)
    done = set_up.start_offline("setup")
    assert (done.returncode, left.exists()) == (0, True)
    assert "already" in done.stdout


def test_a_changed_project_is_installed_again_without_building_the_environment_anew(set_up: Checkout) -> None:
    left = witness(set_up)
    project = set_up.top / "pyproject.toml"
    project.write_text(project.read_text("utf-8") + "# a change\n", "utf-8")
    done = set_up.start_offline("setup")
    assert (done.returncode, left.exists()) == (0, True)
    assert "already" not in done.stdout


def test_an_interrupted_setup_is_repaired_by_the_next(set_up: Checkout) -> None:
    left = witness(set_up)
    (set_up.venv / "muniment-setup.json").unlink()
    shutil.rmtree(next(set_up.venv.rglob("site-packages")) / "pip")
    done = set_up.start_offline("setup")
    assert (done.returncode, left.exists()) == (0, False)
    assert set_up.ask("import first_words, muniment; print(first_words.said)") == "first"


def test_an_environment_whose_python_is_gone_is_built_anew(set_up: Checkout) -> None:
    left = witness(set_up)
    set_up.python.unlink()
    done = set_up.start_offline("setup")
    assert (done.returncode, left.exists()) == (0, False)


def test_demo_without_a_display_says_so_and_runs_in_the_terminal(set_up: Checkout) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("a desktop is taken for granted outside Linux")
    done = set_up.start_offline("demo", "--lang", "fr")
    assert "no display" in done.stdout
    assert "muniment was asked: demo --lang fr --headless" in done.stdout


def test_demo_with_a_display_opens_the_window(set_up: Checkout) -> None:
    done = set_up.start("demo", DISPLAY=":1")
    assert "muniment was asked: demo\n" in done.stdout


def test_demo_ends_as_muniment_ends(set_up: Checkout) -> None:
    assert set_up.start("demo").returncode == 7


def test_a_word_setup_does_not_know_is_wrong_usage(set_up: Checkout) -> None:
    assert set_up.start("setup", "--fast").returncode == 2


def test_an_altered_wheel_is_refused_and_the_right_one_repairs(set_up: Checkout) -> None:
    set_up.lock.write_text(write_wheel(set_up.wheels, "second_words", "said = 'second'\n"), "utf-8")
    write_wheel(set_up.wheels, "second_words", "said = 'altered'\n")
    refused = set_up.start_offline("setup")
    assert refused.returncode == 1
    assert "not the one the lock names" in refused.stderr
    assert "What to do now:" in refused.stderr

    write_wheel(set_up.wheels, "second_words", "said = 'second'\n")
    done = set_up.start_offline("setup")
    assert done.returncode == 0, done.stderr
    assert set_up.ask("import second_words; print(second_words.said)") == "second"
    assert "No module named 'first_words'" in set_up.ask("import first_words")


def test_a_package_without_a_build_for_this_python_is_told(set_up: Checkout) -> None:
    set_up.lock.write_text("third_words==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n", "utf-8")
    done = set_up.start_offline("setup")
    assert done.returncode == 1
    assert "no build for this Python" in done.stderr


def test_no_network_is_told_with_the_way_round_it(set_up: Checkout) -> None:
    # A port of this machine on which nobody listens stands for an index that cannot be reached.
    done = set_up.start("setup", PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_RETRIES="1")
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert "--wheels" in done.stderr
    assert "Traceback" not in done.stderr
