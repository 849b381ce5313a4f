"""The most memory that something takes on the CPU: the kernel's own high-water mark, set back before (Linux alone).

`ru_maxrss` cannot be set back, so that whatever was once taken and freed before hides what is measured.
"""

import ctypes
from collections.abc import Callable
from pathlib import Path

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
RESET_PEAK = "5"
"""What `proc(5)` has one write to `clear_refs` to set VmHWM back to what is resident now."""


def peak_bytes(work: Callable[[], object]) -> int:
    """Bytes resident at the peak of `work`, above those resident before it."""
    ctypes.CDLL(None).malloc_trim(0)  # what was freed before is not to be taken again unseen
    CLEAR.write_text(RESET_PEAK)
    before = _resident("VmRSS")
    work()
    return max(0, _resident("VmHWM") - before)


def _resident(field: str) -> int:
    """A field of the process's status, which has it in kB."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(field + ":"))
    return int(line.split()[1]) * 1024
