"""Verbs on themes: claims above the codes, and their passages in review."""

from collections.abc import Sequence

import click

from qualcode.cli.answer import answer, as_option, counted, json_option
from qualcode.cli.here import Here
from qualcode.domain.codebook import Code, codes_named
from qualcode.domain.themes import Theme, ThemeState
from qualcode.services import codebooks, theme_review
from qualcode.services import themes as claims
from qualcode.services.theme_review import Marked, Review
from qualcode.store.project import Project

_of = click.option("--of", "of", default="", metavar="CODER", help="Whose theme, if not yours.")
_claim = click.option("--claim", metavar="SENTENCE", help="What the theme claims, in a sentence.")


@click.group(epilog='Example: qualcode theme new "Nobody asks" --codes 1a,1b')
def theme() -> None:
    """Set up themes above codes: a claim, its codes, what speaks against it; review passages."""


@theme.command("new", epilog='Example: qualcode theme new "Nobody asks" --codes 1a,1b')
@click.argument("name")
@_claim
@click.option("--codes", default="", metavar="CODES", help="The codes it rests on: 1a,1b.")
@as_option
@json_option
@click.pass_obj
def theme_new(
    here: Here, name: str, claim: str | None, codes: str, who: str | None, *, as_json: bool
) -> int:
    """Set up a theme of yours."""
    project = here.project()
    made = claims.new(
        project,
        name,
        by=here.actor(project, who),
        claim=claim or "",
        codes=_codes(project, [codes]),
    )
    return _done("theme new", f"Theme “{made.name}”, on {_number(made)}.", made, as_json=as_json)


@theme.command("list", epilog="Example: qualcode theme list --as ada")
@as_option
@json_option
@click.pass_obj
def theme_list(here: Here, who: str | None, *, as_json: bool) -> int:
    """List your themes, and those of others that you may see."""
    project = here.project()
    found = theme_review.reviews(project, by=here.actor(project, who))
    lines = [line for each in found for line in _listed(each)] or ["No theme yet."]
    return answer("theme list", [_data(each) for each in found], lines, as_json=as_json)


@theme.command("show", epilog='Example: qualcode theme show "Nobody asks"')
@click.argument("name")
@_of
@as_option
@json_option
@click.pass_obj
def theme_show(here: Here, name: str, of: str, who: str | None, *, as_json: bool) -> int:
    """Show a theme: its claim, its codes with their passages counted, what speaks against it."""
    project = here.project()
    by = here.actor(project, who)
    found = theme_review.review(project, name, by=by, of=of)
    changes = claims.history(project, name, by=by, of=of)
    data = _data(found) | {
        "history": [
            {
                "what": one.kind.removeprefix("theme "),
                "at": one.at.isoformat(),
                "name": one.theme.name,
                "claim": one.theme.claim,
                "state": one.theme.state.value,
            }
            for one in changes
        ]
    }
    lines = [*_shown(found), f"Changed {counted(len(changes), 'time')} since it was set up."]
    lines[-1:] = lines[-1:] if len(changes) > 1 else []
    return answer("theme show", data, lines, as_json=as_json)


@theme.command("edit", epilog='Example: qualcode theme edit "Nobody asks" --claim "…"')
@click.argument("name")
@_claim
@click.option("--to", metavar="NAME", help="Another name.")
@as_option
@json_option
@click.pass_obj
def theme_edit(
    here: Here, name: str, claim: str | None, to: str | None, who: str | None, *, as_json: bool
) -> int:
    """Give a theme of yours another claim or name."""
    if claim is None and to is None:
        raise click.UsageError('Say what shall change: --claim "…" or --to NAME.')
    project = here.project()
    made = claims.reword(project, name, by=here.actor(project, who), to=to, claim=claim)
    said = f"Theme “{made.name}”: {made.claim or 'no claim recorded'}"
    return _done("theme edit", said, made, as_json=as_json)


@theme.command("codes", epilog='Example: qualcode theme codes "Nobody asks" 1a 1b 2c')
@click.argument("name")
@click.argument("codes", nargs=-1)
@as_option
@json_option
@click.pass_obj
def theme_codes(
    here: Here, name: str, codes: tuple[str, ...], who: str | None, *, as_json: bool
) -> int:
    """Say on which codes a theme of yours rests: all of them; none takes them off."""
    project = here.project()
    by = here.actor(project, who)
    made = claims.set_codes(project, name, _codes(project, codes), by=by)
    return _done("theme codes", f"“{made.name}” rests on {_number(made)}.", made, as_json=as_json)


@theme.command("counter", epilog='Example: qualcode theme counter "Nobody asks" Q7H2K9P0')
@click.argument("name")
@click.argument("quotation")
@click.option("--drop", is_flag=True, help="It speaks against it no longer.")
@as_option
@json_option
@click.pass_obj
def theme_counter(
    here: Here, name: str, quotation: str, who: str | None, *, drop: bool, as_json: bool
) -> int:
    """Hold a quotation, by its id, against a theme of yours."""
    project = here.project()
    change = claims.drop_counter if drop else claims.add_counter
    made = change(project, name, quotation, by=here.actor(project, who))
    against = counted(len(made.counter_examples), "quotation")
    said = f"Against “{made.name}”: {against}."
    return _done("theme counter", said, made, as_json=as_json)


@theme.command("move", epilog='Example: qualcode theme move "Nobody asks" 1')
@click.argument("name")
@click.argument("place", type=click.IntRange(min=1))
@as_option
@json_option
@click.pass_obj
def theme_move(here: Here, name: str, place: int, who: str | None, *, as_json: bool) -> int:
    """Put a theme at another place among yours."""
    project = here.project()
    made = claims.move(project, name, place, by=here.actor(project, who))
    said = f"“{made.name}” is your theme {made.position}."
    return _done("theme move", said, made, as_json=as_json)


@theme.command("retire", epilog='Example: qualcode theme retire "Nobody asks"')
@click.argument("name")
@as_option
@json_option
@click.pass_obj
def theme_retire(here: Here, name: str, who: str | None, *, as_json: bool) -> int:
    """Let a theme of yours stand no more; theme undo brings it back."""
    project = here.project()
    made = claims.retire(project, name, by=here.actor(project, who))
    return _done("theme retire", f"“{made.name}” is retired.", made, as_json=as_json)


@theme.command("undo", epilog="Example: qualcode theme undo --as ada")
@as_option
@json_option
@click.pass_obj
def theme_undo(here: Here, who: str | None, *, as_json: bool) -> int:
    """Take back your last change of a theme."""
    project = here.project()
    made = claims.undo(project, by=here.actor(project, who))
    lines = [f"“{one.name}” {_reads(one, 'as before')}." for one in made]
    return answer("theme undo", [_plain(one) for one in made], lines, as_json=as_json)


@theme.command("redo", epilog="Example: qualcode theme redo --as ada")
@as_option
@json_option
@click.pass_obj
def theme_redo(here: Here, who: str | None, *, as_json: bool) -> int:
    """Bring back your change of a theme that was undone last."""
    project = here.project()
    made = claims.redo(project, by=here.actor(project, who))
    lines = [f"“{one.name}” {_reads(one, 'as it did')}." for one in made]
    return answer("theme redo", [_plain(one) for one in made], lines, as_json=as_json)


@theme.command("review", epilog='Example: qualcode theme review "Nobody asks" --source FG1')
@click.argument("name")
@click.option("--source", metavar="SOURCE", help="The whole source, with the theme's passages.")
@_of
@as_option
@json_option
@click.pass_obj
def theme_review_(
    here: Here, name: str, source: str | None, of: str, who: str | None, *, as_json: bool
) -> int:
    """Show all passages of a theme by code; or a whole source with them marked."""
    project = here.project()
    by = here.actor(project, who)
    if source is None:
        found = theme_review.review(project, name, by=by, of=of)
        lines = [*_head(found), *(line for line in _by_code(found))]
        data = _data(found) | {"passages": [_passage(one) for one in found.passages]}
        return answer("theme review", data, lines, as_json=as_json)
    whole = theme_review.review_source(project, name, source, by=by, of=of)
    lines = _head(whole.review)
    turns = []
    for each in whole.turns:
        words = each.turn.range.of(whole.text.text)
        speaker = f"{each.turn.number} {each.turn.speaker}" if each.turn.number else ""
        lines += ["", *([speaker] if speaker else []), words, *map(_mark, each.passages)]
        turns.append(
            {
                "number": each.turn.number,
                "speaker": each.turn.speaker,
                "words": words,
                "passages": [_passage(one) for one in each.passages],
            }
        )
    data = _data(whole.review) | {"source": whole.source.name, "turns": turns}
    return answer("theme review", data, lines, as_json=as_json)


def _codes(project: Project, names: Sequence[str]) -> list[Code]:
    book = codebooks.codebook(project)
    return [code for words in names if words.strip() for code in codes_named(book, words)]


def _reads(theme: Theme, how: str) -> str:
    """Say how a theme reads that was taken or brought back, or that it stands no more."""
    if theme.stands:
        return f"reads {how}"
    return "is retired" if theme.state is ThemeState.RETIRED else "is gone"


def _number(theme: Theme) -> str:
    return counted(len(theme.codes), "code")


def _done(command: str, said: str, theme: Theme, *, as_json: bool) -> int:
    return answer(command, _plain(theme), [said], as_json=as_json)


def _plain(theme: Theme) -> dict[str, object]:
    return {
        "name": theme.name,
        "claim": theme.claim,
        "position": theme.position,
        "state": theme.state.value,
        "counter_examples": list(theme.counter_examples),
    }


def _listed(review: Review) -> list[str]:
    theme, who = review.shown.theme, review.shown.who
    whose = f" · {who}" if who else ""
    return [f"{theme.position} {theme.name}{whose} · {_counts(review)}", f"    {_claimed(review)}"]


def _claimed(review: Review) -> str:
    return review.shown.theme.claim or "no claim recorded"


def _counts(review: Review) -> str:
    found = (
        f"{counted(len(review.passages), 'passage')} in {counted(len(review.sources), 'source')}"
    )
    against = len(review.counter_examples)
    return f"{found}, {against} against" if against else found


def _shown(review: Review) -> list[str]:
    lines = _head(review)
    for section in review.sections:
        title = section.code.title if section.code else "Under none of its codes"
        lines.append(f"  {title}: {counted(len(section.passages), 'passage')}")
    against = review.counter_examples
    lines.append(f"Counter-examples: {', '.join(against) or 'no counter-example recorded'}")
    return [*lines, *(line for one in review.passages if one.counter for line in _quoted(one))]


def _head(review: Review) -> list[str]:
    theme, who = review.shown.theme, review.shown.who
    lines = [f"{theme.name} · {who}" if who else theme.name, _claimed(review)]
    lines += [f"{_counts(review)}, from {review.layers}"]
    lines += review.codes.notes
    lines += [f"{one} speaks against it, but no longer stands." for one in review.missing]
    return lines


def _by_code(review: Review) -> list[str]:
    lines: list[str] = []
    for section in review.sections:
        title = section.code.title if section.code else "Against it, under none of its codes"
        lines += ["", f"{title}: {counted(len(section.passages), 'passage')}"]
        for one in section.passages:
            lines += _quoted(one)
    return lines


def _quoted(one: Marked) -> list[str]:
    return [_where(one), f"    “{one.passage.words}”"]


def _where(one: Marked) -> str:
    passage = one.passage
    pieces = [passage.id, passage.place, passage.speaker, ", ".join(passage.who)]
    return f"{'≠' if one.counter else ' '} {' · '.join(piece for piece in pieces if piece)}"


def _mark(one: Marked) -> str:
    titles = ", ".join(code.title for code in one.passage.codes)
    return f"  {'≠' if one.counter else '▸'} {one.passage.id} {titles}: “{one.passage.words}”"


def _data(review: Review) -> dict[str, object]:
    return _plain(review.shown.theme) | {
        "counter_examples": list(review.counter_examples),
        "who": review.shown.who,
        "layers": review.layers,
        "passages": len(review.passages),
        "sources": [source.name for source in review.sources],
        "codes": [
            {
                "code": section.code.label,
                "in_use": section.code.in_use,
                "passages": len(section.passages),
            }
            for section in review.sections
            if section.code
        ],
        "notes": list(review.codes.notes),
        "missing": list(review.missing),
    }


def _passage(one: Marked) -> dict[str, object]:
    return {
        "id": one.passage.id,
        "place": one.passage.place,
        "turn": one.passage.turn,
        "speaker": one.passage.speaker,
        "words": one.passage.words,
        "codes": [code.label for code in one.passage.codes],
        "who": list(one.passage.who),
        "counter_example": one.counter,
    }
