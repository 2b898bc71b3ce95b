"""What a command loads before it knows what it is to do: a site or a check needs none of what makes PDFs."""

import subprocess
import sys

HEAVY = ("weasyprint", "pikepdf", "pypdfium2", "fontTools", "PIL", "rich", "elementpath")


def test_the_pipeline_loads_no_library_of_one_format_alone():
    script = f"import sys, teipress.cli.build, teipress.pipeline; print(*(m for m in {HEAVY} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
