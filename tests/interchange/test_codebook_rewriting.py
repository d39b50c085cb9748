"""A codebook file that is edited by hand keeps everything that did not change."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.domain import restructuring
from qualcode.domain.codebook import Codebook, Part, folded
from qualcode.domain.errors import ExportRefusedError, ImportRefusedError, QualcodeError
from qualcode.domain.restructuring import Place
from qualcode.interchange.codebook_file import read_codebook, write_codebook
from qualcode.interchange.codebook_rewriting import Rewritten, rewritten
from qualcode.interchange.importing import Upload
from tests.interchange.drawn import WORDS, by_labels, codebooks

OURS = """\
# The choir's codebook. Ask Ada before you change it.
schema: qualcode-codebook/1
codebook: {id: choir, title: Choir, version: 1, source: ours}   # the head
parts:
  - part: 1
    theme: Singing   # a working title
    origin: a priori

    codes:
      # Breath comes first.
      - code: CH1A
        key: 1a   # as in the pilot
        label: Breath
        description: >-
          Words about
          breathing.
        include: [one, "two"]

      # Rows are about seats.
      - code: CH1B
        key: 1b
        label: Rows
        parent: ch1a
        exclude:
          - not the stage   # see the minutes

      - code: CH1C
        key: 1c
        label: Bows
# The second part waits for the summer.
  - part: 2
    theme: Hall
    codes: []
# end of file
"""


def upload(words: str) -> Upload:
    return Upload("ours.yaml", words.encode())


def anew(words: str, book: Codebook) -> Rewritten:
    made = rewritten(upload(words), book)
    assert by_labels(read_codebook(Upload("ours.yaml", made.data))) == by_labels(book)
    return made


def lines(data: bytes | str) -> list[str]:
    return (data if isinstance(data, str) else data.decode()).split("\n")


BOOK = read_codebook(upload(OURS))


def test_a_file_that_says_all_already_is_not_touched() -> None:
    made = anew(OURS, BOOK)

    assert made.data == OURS.encode()
    assert made.changed == ()


def test_a_reworded_field_is_written_anew_and_no_other_line() -> None:
    book = restructuring.reword(BOOK, BOOK.code("1b"), {"exclude": ("not the hall",)})

    made = anew(OURS, book)

    assert made.changed == ("CH1B",)
    assert made.data.decode() == OURS.replace("not the stage", "not the hall")


def test_a_field_that_was_not_there_is_added_below_the_others() -> None:
    book = restructuring.reword(BOOK, BOOK.code("1a"), {"description": "Air: in, out"})

    text = anew(OURS, restructuring.reword(book, book.code("1c"), {"colour": "#112233"})).data

    assert "        description: 'Air: in, out'\n        include: [one, \"two\"]\n" in text.decode()
    assert "        label: Bows\n        colour: '#112233'\n# The second part" in text.decode()


def test_remarks_stay_with_what_they_stand_above() -> None:
    moved = restructuring.move(BOOK, BOOK.code("1c"), Place(before="CH1A"))

    text = anew(OURS, moved).data.decode()

    assert text.index("label: Bows") < text.index("label: Breath") < text.index("# Rows are")
    assert "# Rows are about seats.\n      - code: CH1B" in text
    for line in lines(OURS):
        assert line in text


def test_a_merged_code_is_listed_with_those_retired() -> None:
    book = restructuring.merge(BOOK, [BOOK.code("1c")], BOOK.code("1b"))

    made = anew(OURS, book)

    assert made.changed == ("CH1B", "CH1C")
    text = made.data.decode()
    assert text.index("earlier_names:") < text.index("\nretired:\n\n  - code: CH1C\n    key: 1c\n")
    for remark in ("# Rows are", "# as in the pilot", "# see the minutes", "# end of file"):
        assert remark in text


def test_a_renamed_code_keeps_its_place_and_remarks() -> None:
    book = restructuring.rename(BOOK, BOOK.code("1a"), label="CH9", key="9a")

    text = anew(OURS, book).data.decode()

    assert (
        "      # Breath comes first.\n      - code: CH9\n        key: 9a   # as in the pilot"
        in text
    )


def test_a_new_part_and_its_code_are_added() -> None:
    book = restructuring.add_part(BOOK, "Tea")
    one = replace(BOOK.code("1a"), label="CH3A", key="3a", id=UUID(int=9))
    book = replace(book, codes=(*book.codes, replace(one, part=3, position=4)))

    made = anew(OURS, book)

    assert made.changed == ("part 3",)
    assert "theme: Tea" in made.data.decode()


def test_what_stands_in_braces_is_changed_as_a_whole() -> None:
    words = "schema: qualcode-codebook/1\nparts:\n  - part: 1\n    theme: x\n    codes:\n"
    words += "      - {code: A, key: a, label: One}\n      # kept\n"
    words += "      - {code: B, key: b, label: Two}\n"
    book = read_codebook(upload(words))
    book = restructuring.reword(book, book.code("a"), {"description": "New"})

    text = anew(words, book).data.decode()

    assert "      - code: A\n        key: a\n        label: One\n" in text
    assert text.endswith("      # kept\n      - {code: B, key: b, label: Two}\n")


def test_windows_newlines_and_the_mark_at_the_beginning_stay() -> None:
    old = Upload("ours.yaml", b"\xef\xbb\xbf" + OURS.replace("\n", "\r\n").encode())
    book = restructuring.merge(BOOK, [BOOK.code("1c")], BOOK.code("1b"))

    data = rewritten(old, book).data

    assert data.startswith(b"\xef\xbb\xbf# The choir")
    assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_file_in_another_encoding_is_brought_up_to_date_in_it(encoding: str) -> None:
    words = f"\ufeff{OURS}".replace("The choir", "The choir 🌙")
    old = Upload("ours.yaml", words.encode(encoding))
    book = restructuring.rename(BOOK, BOOK.code("1b"), name="Ελπίδα")

    text = rewritten(old, book).data.decode(encoding)

    assert text.startswith("\ufeff# The choir 🌙")
    assert "label: Ελπίδα\n" in text


@pytest.mark.parametrize(
    "words",
    [
        "schema: qualcode-codebook/1\nparts: [{part: 1, theme: x, codes: []}]\n",
        '{"schema": "qualcode-codebook/1", "parts": []}\n',
    ],
)
def test_a_file_in_one_line_is_refused_and_not_guessed_at(words: str) -> None:
    with pytest.raises(ExportRefusedError, match="cannot be changed in place"):
        rewritten(upload(words), BOOK)


def test_a_file_that_is_no_codebook_is_not_touched() -> None:
    with pytest.raises(ImportRefusedError, match="no qualcode codebook"):
        rewritten(upload("songs: [a, b]\n"), BOOK)


@settings(deadline=None, max_examples=60)
@given(old=codebooks(), new=codebooks())
def test_any_codebook_file_of_ours_can_become_any_other(old: Codebook, new: Codebook) -> None:
    made = rewritten(upload(write_codebook(old)), new)

    assert by_labels(read_codebook(Upload("ours.yaml", made.data))) == by_labels(new)


@settings(deadline=None, max_examples=60)
@given(book=codebooks(), words=WORDS, data=st.data())
def test_only_the_entry_that_changed_is_written_anew(
    book: Codebook, words: str, data: st.DataObject
) -> None:
    if not book.codes:
        return
    code = data.draw(st.sampled_from(book.codes))
    old = write_codebook(book)
    try:
        new = restructuring.reword(book, code, {"description": words, "proposed_by": words})
    except QualcodeError:
        return

    made = rewritten(upload(old), new)

    assert set(made.changed) <= {code.label}
    kept = [part for part in old.split("- code: ") if folded(code.label) not in folded(part)]
    assert all(part.rstrip() in made.data.decode() for part in kept)


def test_a_title_that_changed_is_changed_in_its_place() -> None:
    titled = replace(
        BOOK, title="Choirs", parts=(replace(BOOK.parts[0], title="Song"), Part(2, "Hall"))
    )
    book = replace(titled, version=4)
    words = OURS.replace(
        "codebook: {id: choir, title: Choir, version: 1, source: ours}   # the head",
        "codebook:\n  id: choir\n  title: Choir   # short\n  version: 1",
    )

    made = anew(words, book)

    assert made.changed == ("the codebook’s title", "the codebook’s version", "part 1")
    assert "  title: Choirs   # short\n  version: '4'\n" in made.data.decode().replace(
        "4\n", "'4'\n"
    )
    assert "    theme: Song   # a working title\n" in made.data.decode()


REMARKED = OURS.replace(
    "        label: Bows\n",
    "        label: Bows   # working name\n        # not yet talked over\n",
).replace(
    "      - code: CH1C",
    "      # --- strings ---\n\n      # ASK ADA about bows\n      - code: CH1C",
)
FULL = read_codebook(upload(REMARKED))


def updated(words: str, book: Codebook) -> str:
    made = rewritten(upload(words), book)
    assert made.lost == ()
    return made.data.decode()


def test_a_retired_entry_brings_the_remarks_above_it_and_in_its_lines_along() -> None:
    text = updated(REMARKED, restructuring.retire(FULL, FULL.code("1c")))

    assert (
        text.endswith("""\
retired:
  # ASK ADA about bows
  - code: CH1C
    key: 1c
    label: Bows   # working name
    # not yet talked over
    part: 1
    successors: []
# The second part waits for the summer.
""")
        or "  # ASK ADA about bows\n  - code: CH1C\n    key: 1c\n    label: Bows   # working"
        in text
    )
    assert "    # not yet talked over\n" in text
    assert "          - not the stage   # see the minutes\n\n      # --- strings ---\n" in text


@pytest.mark.parametrize("key", ["1a", "1b"])
def test_an_entry_that_is_retired_and_comes_back_reads_letter_for_letter_as_before(
    key: str,
) -> None:
    words = REMARKED.replace("        parent: ch1a\n", "")
    book = read_codebook(upload(words))

    away = updated(words, restructuring.retire(book, book.code(key)))

    assert away != words
    assert lines(updated(away, book)) == lines(words)


def test_remarks_on_a_group_stay_where_they_are_when_its_only_entry_leaves_and_comes_back() -> None:
    away = updated(REMARKED, restructuring.retire(FULL, FULL.code("1c")))
    back = updated(away, FULL)

    assert sorted(lines(back)) == sorted(lines(REMARKED))
    assert away.index("# see the minutes") < away.index("# --- strings") < away.index("theme: Hall")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_part_that_loses_its_only_code_keeps_the_remarks_on_its_list(newline: str) -> None:
    words = newline.join(
        (
            "schema: qualcode-codebook/1",
            "parts:",
            "  - part: 1",
            "    theme: x",
            "    codes:   # few",
            "      # the list",
            "",
            "      # of A",
            "      - {code: A, key: a, label: One}   # in braces",
            "# end",
            "",
        )
    )
    book = read_codebook(upload(words))

    away = updated(words, restructuring.retire(book, book.code("a")))

    assert newline.join(("    codes: []   # few", "      # the list", "")) in away
    assert newline.join(("retired:", "", "  # of A", "  - code: A")) in away
    assert "   # in braces" in away
    assert away.endswith(f"# end{newline}")


def test_merging_and_undoing_it_keeps_every_remark() -> None:
    words = OURS.replace("        parent: ch1a\n", "")
    book = read_codebook(upload(words))
    absorbed = [book.code("1a"), book.code("1b")]
    away = updated(words, restructuring.merge(book, absorbed, book.code("1c")))

    assert "  # Breath comes first.\n  - code: CH1A\n    key: 1a   # as in the pilot\n" in away
    assert lines(updated(away, book)) == lines(words)


def test_an_entry_that_moves_to_another_part_brings_its_remarks_along() -> None:
    text = updated(REMARKED, restructuring.move(FULL, FULL.code("1b"), Place(2)))

    assert text.index("theme: Hall") < text.index(
        "      # Rows are about seats.\n      - code: CH1B"
    )
    assert text.count("# see the minutes") == 1


def test_a_remark_that_cannot_stay_is_named_with_its_line() -> None:
    words = REMARKED.replace(
        "not the stage   # see", "not the stage   # ask\n          - nor the pit   # see"
    )
    book = read_codebook(upload(words))

    made = anew(words, restructuring.reword(book, book.code("1b"), {"exclude": ("no pit",)}))

    line = lines(words).index("          - not the stage   # ask") + 1
    assert made.lost == (f"The remark in line {line} of the old file was not kept: # ask",)
