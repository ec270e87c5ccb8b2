"""Which shell commands install something, and what is said to them."""

from importlib import metadata

import pytest

from autograder.probe.install_command import Answer, answer

NUMPY = f"already there: numpy {metadata.version('numpy')}"


def refused(names: str) -> str:
    return (
        f"grading has no network, so it cannot install {names}: environment.md lists what is there"
    )


@pytest.mark.parametrize(
    "command",
    [
        "pip install no-such-package",
        "pip3 install no-such-package",
        "pip3.11 --quiet install --upgrade no-such-package",
        "python -m pip install no-such-package -q",
        "/opt/python/bin/python3.12 -I -m pip install no-such-package",
        "conda install -y -c conda-forge no-such-package",
        "mamba install no-such-package",
        "micromamba install no-such-package",
        "uv pip install no-such-package",
        "uv add no-such-package",
        "apt-get install -y no-such-package",
        "sudo apt install no-such-package",
        "pip install no-such-package 2>&1 | tail -1",
        "pip install no-such-package > /dev/null",
        "yes | pip install no-such-package",
        "FORCE=1 pip install no-such-package",
        "pip install no-such-package  # that's all",
        "pip install numpy no-such-package",
        "pip install no-such-package || pip install no-such-package",
        "pip install --index-url https://example.org no-such-package",
        "pip install \\\n  no-such-package",
    ],
)
def test_a_command_that_only_installs_what_is_not_there(command):
    assert answer(command) == Answer(refused("no-such-package"), 1, complete=True)


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("pip install no-such-package jax", "no-such-package, jax"),
        ("pip install 'numpy==1.0'", "numpy==1.0"),
        ("pip install 'numpy>=1,<2'", "numpy>=1,<2"),
        ("pip install 'numpy~=1.26'", "numpy~=1.26"),
        ("pip install numpy!=2.*", "numpy!=2.*"),
        ("pip install git+https://example.org/a#egg=b", "git+https://example.org/a#egg=b"),
        ("pip install ./numpy.whl", "./numpy.whl"),
        ("pip install -r requirements.txt", "requirements.txt"),
        ("pip install -r requirements.txt numpy", "requirements.txt, numpy"),
        ("pip install -e .", "."),
        ("pip install 'no-such-package", "'no-such-package"),
        ("pip install no-such-package.helper", "no-such-package.helper"),
        ("pip install __main__", "__main__"),
        ("conda create -n mine python=3.9", "python=3.9"),
        ("apt-get update && apt-get install numpy", "anything, numpy"),
    ],
)
def test_the_answer_names_what_is_not_there(command, names):
    assert answer(command) == Answer(refused(names), 1, complete=True)


@pytest.mark.parametrize(
    "command",
    [
        "pip install numpy",
        "pip install -Uq numpy[extra]",
        "pip install 'numpy>=1.26,<99'",
        "pip install numpy==2.*",
        f"pip install numpy=={metadata.version('numpy')}",
        "conda install -c conda-forge numpy=2",
        "python3 -m pip install numpy",
    ],
)
def test_what_is_there_already_succeeds(command):
    assert answer(command) == Answer(NUMPY, 0, complete=True)


def test_a_module_counts_under_its_own_name_too():
    assert answer("pip install yaml") == Answer("already there: yaml", 0, complete=True)
    assert answer("pip install yaml==6").status == 1


@pytest.mark.parametrize(
    "command",
    [
        "cd data && pip install no-such-package",
        "pip install no-such-package; echo done",
        "if true; then pip install no-such-package; fi",
        "cat list | pip install no-such-package",
        "echo one\npip install no-such-package\necho two",
    ],
)
def test_a_command_that_does_more_still_runs(command):
    assert answer(command) == Answer(refused("no-such-package"), 1, complete=False)


@pytest.mark.parametrize(
    "command",
    [
        "",
        "# pip install no-such-package",
        "ls -l",
        "pip list",
        "pip show no-such-package",
        "pip uninstall no-such-package",
        "echo 'pip install no-such-package'",
        "echo pip install no-such-package",
        "python train.py -m pip install no-such-package",
        "python -m pip",
        "python -m",
        "git add notes.md",
        "cd data && pip install numpy",
    ],
)
def test_nothing_is_said_to_other_commands(command):
    assert answer(command) == Answer()


@pytest.mark.parametrize(
    "command",
    [
        "echo '' \"\"",
        "''",
        "echo 'a # b'",
        "echo \\",
        "< >",
        "| && ;",
        "a=1 -",
        "pip install ''",
        f"pip install numpy=={'9' * 9999}",
        "\x00\udcff",
    ],
)
def test_odd_commands_raise_nothing(command):
    answer(command)


def test_a_long_list_is_cut():
    assert len(answer("pip install " + " ".join(f"absent{n}" for n in range(999))).text) < 300
