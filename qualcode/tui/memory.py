"""Memory: tidied when a source has been opened, so that no key has to wait for it."""

import gc


def tidy() -> None:
    """Collect what is no longer used, and leave what is on the screen out of later collections.

    A long transcript is some hundred thousand objects. Python would look through all of them
    again and again while a coder codes, a quarter of a second each time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
