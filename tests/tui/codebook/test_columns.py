"""Texts side by side."""

from rich.cells import cell_len

from qualcode.tui.codebook.columns import Column, side_by_side

NOW = Column("in force", "what they say of the kettle")
ADA = Column("ada", "what they say of the kettle or the pot\nand more")


def test_texts_stand_beside_each_other_row_by_row() -> None:
    lines = side_by_side([NOW, ADA], 49)
    assert lines == [
        "IN FORCE                │ ADA",
        "what they say of the    │ what they say of the",
        "kettle                  │ kettle or the pot",
        "                        │ and more",
    ]


def test_where_it_is_narrow_they_stand_below_each_other() -> None:
    lines = side_by_side([NOW, ADA], 30)
    assert lines[:3] == ["IN FORCE", "  what they say of the kettle", ""]
    assert lines[3] == "ADA"


def test_no_line_is_wider_than_there_is_room() -> None:
    columns = [Column("x" * 40, "台所" * 40), Column("y", "a\tb\x1b[2J"), Column("z", "")]
    for width in (20, 72, 90):
        assert all(cell_len(line) <= width for line in side_by_side(columns, width))


def test_an_empty_text_says_so() -> None:
    assert "(nothing)" in "\n".join(side_by_side([NOW, Column("after", "")], 60))
