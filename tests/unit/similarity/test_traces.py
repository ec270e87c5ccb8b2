"""What a notebook's outputs and cell ids give away, whatever the file holds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import BadSubmission
from autograder.similarity.traces import NO_TRACES, read_traces

FIGURE = "iVBORw0KGgo" + "A" * 1000


def traces(folder, *cells):
    path = folder / "week.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": list(cells)}))
    return read_traces(path)


def cell(*outputs, **more):
    return {"cell_type": "code", "source": "", "metadata": {}, "outputs": list(outputs), **more}


def test_long_numbers_addresses_and_figures(tmp_path):
    text = ["epoch 1: loss 0.6931471\n", "r = -1.23456e-05, 0.5000000, 12.25, 1.2.3456789\n"]
    printed = {"output_type": "stream", "name": "stdout", "text": text}
    shown = {"data": {"text/plain": "<Model at 0x7f3ba8c01d90>", "image/png": FIGURE}}
    outputs = traces(tmp_path, cell(printed, shown)).outputs
    figures = {trace for trace in outputs if trace.startswith("figure ")}
    assert outputs - figures == {"0.6931471", "-1.23456e-05", "0x7f3ba8c01d90"}
    assert len(figures) == 1


def test_random_ids_of_jupyter_and_colab(tmp_path):
    found = traces(
        tmp_path,
        cell(id="3f2a91bc"),
        cell(metadata={"id": "8J3sV_jpQxWm"}),
        cell(id="cell-000012"),
        cell(id="setup"),
    )
    assert found.cell_ids == {"3f2a91bc", "8J3sV_jpQxWm"}


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
PARTS = st.sampled_from(["outputs", "metadata", "id", "data", "text", "text/plain", "image/png"])


@given(st.lists(JSON | st.dictionaries(PARTS, JSON | st.lists(st.dictionaries(PARTS, JSON)))))
def test_a_file_may_hold_anything(tmp_path_factory, cells):
    assert isinstance(traces(tmp_path_factory.getbasetemp(), *cells).outputs, frozenset)


def test_a_notebook_without_cells_has_no_traces(tmp_path):
    (tmp_path / "a.ipynb").write_text('{"nbformat": 4, "cells": 3}')
    assert read_traces(tmp_path / "a.ipynb") == NO_TRACES
    (tmp_path / "b.ipynb").write_text("{")
    with pytest.raises(BadSubmission):
        read_traces(tmp_path / "b.ipynb")
