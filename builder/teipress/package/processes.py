"""The processes that a build starts: whoever ends the build ends it, and it ends them."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress

from teipress.errors import ENDING


def sheltered() -> AbstractContextManager[None]:
    """Processes that are started meanwhile never see Ctrl-C, which a terminal sends to all that run in it."""
    return undisturbed(signal.SIGINT)


@contextmanager
def undisturbed(*signals: signal.Signals) -> Iterator[None]:
    """What is begun meanwhile is brought to its end: signals (those that end a program) come after it."""
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, signals or ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)


def end(pool: ProcessPoolExecutor) -> None:
    """End processes, whatever they are at: a pool on its own waits for the last work that it was given."""
    for process in list((pool._processes or {}).values()):
        with suppress(OSError):  # it has ended already
            process.terminate()
    pool.shutdown(cancel_futures=True)
