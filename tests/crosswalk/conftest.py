"""What the tests of crosswalks share: descriptions of which little is known, and of which all is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from crosswalk.described import BARE, FULL, modelled
from teipress.edition import Description


@pytest.fixture
def bare() -> Callable[..., Description]:
    """``bare(date="2024")`` is a description of which little is known but that."""
    return lambda **facts: replace(BARE, **facts)


@pytest.fixture(scope="session")
def full() -> Description:
    """A description of which everything is known."""
    return modelled(FULL).description
