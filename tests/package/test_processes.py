"""The processes that a build starts end with it, and Ctrl-C is for the one that the user started."""

import multiprocessing
import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor

from teipress.package.processes import end, sheltered


def test_processes_that_are_started_sheltered_do_not_see_ctrl_c():
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        with sheltered():
            process, mask = pool.submit(os.getpid), pool.submit(signal.pthread_sigmask, signal.SIG_BLOCK, ())
        assert signal.SIGINT in mask.result()
        os.kill(process.result(), signal.SIGINT)
        assert pool.submit(os.getpid).result() == process.result()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_processes_are_ended_whatever_they_are_at():
    pool = ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))
    waiting = [pool.submit(time.sleep, 60) for _ in range(4)]
    start = time.monotonic()
    end(pool)
    assert time.monotonic() - start < 30
    assert all(work.cancelled() or work.exception() for work in waiting)
