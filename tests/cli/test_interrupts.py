"""Signals while a report is written."""

import os
import signal

import pytest

from citecheck.cli.interrupts import undisturbed


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM])
def test_the_first_changes_nothing_and_the_second_ends_it(first: signal.Signals, second: signal.Signals) -> None:
    before = [signal.getsignal(each) for each in (first, second)]
    steps = []
    with pytest.raises(KeyboardInterrupt), undisturbed():
        os.kill(os.getpid(), first)
        steps.append("written")
        os.kill(os.getpid(), second)
        steps.append("never")
    assert steps == ["written"]
    assert [signal.getsignal(each) for each in (first, second)] == before
