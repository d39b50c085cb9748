"""Memory: tidied when a source has been opened and while the hand rests; no key waits for it."""

import gc

_SELDOM = 20


def tidy() -> None:
    """Collect what is no longer used, and leave what is on the screen out of later collections.

    A long transcript is some hundred thousand objects. Python would look through all of them
    every few strokes, a tenth of a second each time; from now on it looks only through those
    made since, every five strokes or so, which takes a sixth of that.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    young, middle, _old = gc.get_threshold()
    gc.set_threshold(young, middle, _SELDOM)
    gc.collect()
