"""What a crash leaves behind: where it happened, and no word of any transcript."""

import traceback
from datetime import UTC, datetime
from pathlib import Path


def note_crash(crash: BaseException) -> str:
    """Write down where the program failed: files, lines and names; no values, no messages."""
    from platformdirs import user_state_path

    frames = traceback.extract_tb(crash.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    at = datetime.now(UTC)
    folder = user_state_path("qualcode")
    file = folder / f"crash-{at:%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text("\n".join([at.isoformat(), type(crash).__name__, *places, ""]))
    except OSError:
        return f"It was a {type(crash).__name__} at {places[-1]}."
    return f"Please report {file}; it holds no text of yours."
