"""Units made from the coders' own spans: the quotations they marked."""

import numpy as np

from qualcode.agreement.spans import Flags, Spans, Units, all_rated, in_one_line, rated_only


def quotation_units(spans: Spans, *, sources: int, rated: Flags | None = None) -> Units:
    """Unite the spans of all coders and codes that overlap, each connected stretch a unit.

    Spans that touch without overlapping stay apart. Spans of coders who are missing in a
    source make no units there. These units have no natural blanks: someone marked each.
    """
    who = all_rated(rated, sources=sources, codes=spans.codes, coders=spans.coders)
    spans = rated_only(spans, who)
    starts, ends = in_one_line(spans.source, spans.start, spans.end)
    order = np.argsort(starts)
    if not order.size:
        none = np.zeros(0, dtype=np.int64)
        return Units(none, none, np.zeros(sources + 1, dtype=np.int64))
    starts, reach = starts[order], np.maximum.accumulate(ends[order])
    first = np.flatnonzero(np.concatenate(([True], starts[1:] >= reach[:-1])))
    last = np.append(first[1:], len(order)) - 1
    source = spans.source[order][first]
    shift = starts[first] - spans.start[order][first]
    return Units(
        starts=starts[first] - shift,
        ends=reach[last] - shift,
        offsets=np.searchsorted(source, np.arange(sources + 1)),
    )
