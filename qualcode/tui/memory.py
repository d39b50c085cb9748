"""Memory: tidied when a source has been opened and while the hand rests; no key waits for it."""

import gc

_SELDOM = 100


def tidy() -> None:
    """Collect what is no longer used, and leave what is on the screen out of later collections.

    A long transcript is some hundred thousand objects. Python would look through all of them
    every few strokes, a tenth of a second each time; from now on it does so by itself only
    after some seven hundred thousand new ones, which is where the hand never rests.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    young, middle, _old = gc.get_threshold()
    gc.set_threshold(young, middle, _SELDOM)
