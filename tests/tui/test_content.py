from textual.content import Content

from qualcode.tui.content import rich_text, shown, shown_line

HARMFUL = "[/] [laughter] end [/ [@click=app.quit]x[/] \x1b]52;c;aGk=\x07 \u202egip"


def test_brackets_show_as_they_were_written() -> None:
    assert "[/] [laughter] end [/ [@click=app.quit]x[/]" in shown(HARMFUL).plain
    assert shown(HARMFUL).spans == []


def test_escape_and_direction_signs_do_nothing() -> None:
    for text in (shown(HARMFUL).plain, shown_line(HARMFUL).plain, rich_text(HARMFUL).plain):
        assert "␛]52;c;aGk=␇ ⟦gip" in text
        assert not set("\x1b\x07\u202e") & set(text)


def test_positions_stay_where_they_were() -> None:
    assert len(shown(HARMFUL).plain) == len(rich_text(HARMFUL).plain) == len(HARMFUL)


def test_a_line_has_neither_newline_nor_tab() -> None:
    assert shown_line("one\n\ttwo").plain == "one  two"


def test_what_is_shown_is_content_and_never_a_plain_string() -> None:
    assert isinstance(shown(""), Content)
    assert rich_text("red", "bold").style == "bold"
