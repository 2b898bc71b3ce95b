"""How long encoding takes: a transcription of 20 KB as a whole process, and how the time grows with hostile texts."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from teipress.encode import encode
from teipress.encode.profile import Profile
from teipress.encode.transcription import Transcription

SIZE = 20_000
GROWTH = 4_000, 40_000  # characters
PROFILE = Profile(
    id="t", language="en", registers=(Path(__file__).parent / "encode" / "transcriptions" / "register.xml",)
)
SAMPLE = """## {n}. The harbour of Strelsau

On 17 July 1985 the pilots met [redacted] of the Harbour Office. They asked:(a) who lights the lamps; and (b) who
pays for the oil. *Nobody* knew.{n}

25X1

1 - Office of Lights/Pumps
1 - Paula Kranz, Tests

---

{n} The pilots wrote it down.

"""
HOSTILE = (
    *("a", "a-\n", "0", "l1", ".", ". ", "( ", "a ", " ", "\t", "\u3000", "\f", "—", "A\n", "A B\n\n", "a\n\n"),
    *("*", "* ", "*a ", "*a* ", "_", "_a_ ", "\\", "`", "<i", "<i>", "<b>a", "&a", "[a](", "# A\n", "> ", "- "),
    *("|", "|-|\n", "|a|\n|-|\n", "---\n", "1. ", "1. A\n", "1. A ..... 1\n", "A" + "." * 200 + "\n", "Contents\n"),
    *(
        "[",
        "[redacted",
        "[redacted] ",
        "[redacted]\n25X1\n",
        "[redacted] x 25X1 x ",
        "█ ",
        "25X1\n",
        "25X1\n\n",
        "25X1 ",
    ),
    *("25X1        x ", "(b)", "(b)(1) ", "STAT", "STAT\n", "SECRET//", "SECRET\n", "REL TO USA, ", "CIA-RDP"),
    *("A-1/", "Distribution:\n", "1 - A/B\n", "1 - A, Office\n\n", "cc: A\n", "Sincerely,\n\nClara Example\n\n"),
    *(
        "A, B\n",
        "(i) a ",
        "(a) one two. (b) three four. ",
        "(a) x y (b) ",
        "17 July 1985, ",
        "a1 ",
        "Oak.1\n\n---\n\n1 A.\n\n",
    ),
    *("Oak.1\n\n---\n\n1 A.\n\n", "A. ", "Karlov ", "Dr. A. Karlov ", "周森山", "- 1 -\n\n", "Page 1\n\n"),
)


def bench_encode(folder: Path, process: Callable[..., tuple[float, float]]) -> None:
    """Print the ratios. `process` runs Python on some arguments and says how long it took (see `bench`)."""
    source, made = folder / "sample.md", folder / "sample.xml"
    source.write_text("".join(SAMPLE.format(n=n) for n in range(1, SIZE // len(SAMPLE) + 1)), "utf-8")
    took, _ = process("-m", "teipress", "encode", str(source), "-o", str(made), "--force")
    validating, _ = process("-m", "teipress", "validate", str(made), "--grammar-only", good=(0, 1))
    print(f"encoding 20 KB, whole process: {took / validating:.2f} × validating the result ({validating:.2f} s)")
    growth, piece = max((grown(piece), piece) for piece in HOSTILE)
    print(f"encoding ten times as much: at worst {growth:.1f} × as long, of {piece!r} and {len(HOSTILE) - 1} others")


def grown(piece: str) -> float:
    """How many times as long ten times as much takes of a text that repeats one piece."""
    small, large = (Transcription(piece * (size // len(piece)) + "\n\nEnd.", "t.md") for size in GROWTH)
    return seconds(large) / min(seconds(small) for _ in range(3))


def seconds(text: Transcription) -> float:
    """How much time of the processor encoding takes: ten times as much must not wait ten times as often for others."""
    start = time.process_time()
    encode(text, PROFILE)
    return time.process_time() - start
