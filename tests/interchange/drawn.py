"""Codebooks drawn at random: any words, any tree, retired codes with what came after them."""

from dataclasses import replace
from uuid import UUID

from hypothesis import strategies as st

from qualcode.domain.code_tree import in_tree_order
from qualcode.domain.codebook import Code, Codebook, CodeState, Origin, Part, folded
from qualcode.domain.text import as_stored

_SIGNS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffd\u2028\u2029")
LINE = st.text(_SIGNS, min_size=1, max_size=20).filter(lambda words: bool(words.strip()))
_LEADING = st.sampled_from(["", "", "=", "'", "'=", "+", "- ", "@", "#", "--- qualcode ---\n"])
WORDS = st.builds(
    lambda start, words: as_stored(start + words).text,
    _LEADING,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)
LISTS = st.lists(WORDS.filter(bool), max_size=3).map(tuple)


def _words(draw: st.DrawFn, code: Code, labels: list[str]) -> Code:
    return replace(
        code,
        description=draw(WORDS),
        full_definition=draw(WORDS),
        include=draw(LISTS),
        exclude=draw(LISTS),
        examples=draw(LISTS),
        sub_questions=draw(LISTS),
        not_to_confuse_with=draw(st.lists(st.sampled_from(labels), max_size=2).map(tuple)),
        origin=draw(st.sampled_from(Origin)),
        colour=draw(st.sampled_from(["", "#00aaFF"])),
        earlier_names=draw(LISTS),
        proposed_by=draw(st.sampled_from(["", "ben"])),
        proposed_on=draw(st.sampled_from(["", "2026-11-25"])),
    )


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Draw a codebook as a project keeps it."""
    parts = tuple(
        Part(number, draw(LINE), draw(WORDS), draw(st.sampled_from(Origin)))
        for number in range(1, draw(st.integers(1, 3)) + 1)
    )
    labels = draw(st.lists(LINE, max_size=6, unique_by=folded))
    known = {f"k{place}" for place in range(9)}
    labels = [label for label in labels if folded(label) and folded(label) not in known]
    in_use = draw(st.integers(0, len(labels)))
    codes = [
        Code(
            UUID(int=place + 1), label, f"k{place}", draw(LINE), draw(st.integers(1, len(parts))), 0
        )
        for place, label in enumerate(labels)
    ]
    using = [
        replace(
            _words(draw, code, labels[:in_use]),
            parent=draw(st.sampled_from(["", *labels[:place]])),
        )
        for place, code in enumerate(codes[:in_use])
    ]
    using.sort(key=lambda code: code.part)
    retired = [
        replace(
            _words(draw, code, labels),
            state=CodeState.RETIRED,
            position=place,
            successors=tuple(
                draw(
                    st.lists(st.sampled_from(codes[: place - 1]), max_size=2, unique=True).map(_ids)
                )
                if place > 1
                else ()
            ),
        )
        for place, code in enumerate(codes[in_use:], in_use + 1)
    ]
    book = Codebook(draw(st.integers(1, 99)), draw(WORDS), "cy", parts, tuple(using))
    return replace(in_tree_order(book), retired=tuple(retired))


def _ids(codes: list[Code]) -> tuple[UUID, ...]:
    return tuple(code.id for code in codes)


def by_labels(book: Codebook) -> Codebook:
    """Give a codebook its ids anew by the order of labels, so that two can be compared."""
    every = sorted((*book.codes, *book.retired), key=lambda code: folded(code.label))
    ids = {code.id: UUID(int=place) for place, code in enumerate(every, 1)}

    def known(codes: tuple[Code, ...]) -> tuple[Code, ...]:
        return tuple(
            replace(
                code,
                id=ids[code.id],
                successors=tuple(ids[one] for one in code.successors),
            )
            for code in codes
        )

    return replace(book, codes=known(book.codes), retired=known(book.retired))
