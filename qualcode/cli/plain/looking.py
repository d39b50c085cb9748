"""What is only looked at: sentences, codes and their meaning, other passages, filters, help."""

from functools import partial

from qualcode.cli.answer import counted
from qualcode.cli.plain.explaining import explained
from qualcode.cli.plain.meanings import Define, Explain, Filter, Find, Others, Say, Unit
from qualcode.cli.plain.sitting import NewFilter, Sitting
from qualcode.cli.plain.telling import named
from qualcode.cli.plain.typed import NotUnderstoodError
from qualcode.domain.code_card import card
from qualcode.domain.code_search import matching
from qualcode.domain.codebook import Code, folded
from qualcode.domain.display import shortened, visible_line
from qualcode.domain.errors import NotFoundError, RefusedError
from qualcode.domain.sources import TurnRole
from qualcode.help import page
from qualcode.services import comparison, recents
from qualcode.services.examples import example_words
from qualcode.services.growing import may_create
from qualcode.services.proposers import proposers
from qualcode.tui.desk import filters

_LISTED = 9
_WORDS = 160
_WAYS = "f speaker NAME, f role ROLE, f code 1b, f mine, f left; F shows all."


def list_sentences(at: Sitting) -> None:
    """List the sentences of the turn by number."""
    text = at.revision.text
    found = at.parts(Unit.SENTENCE)
    for number, each in enumerate(found, start=1):
        at.say(f"s{number}: {visible_line(each.of(text))}")


def list_words(at: Sitting) -> None:
    """List the words of the turn by number."""
    text = at.revision.text
    found = at.parts(Unit.WORD)
    listed = [f"w{number} {each.of(text)}" for number, each in enumerate(found, start=1)]
    at.say(", ".join(listed))


def say_part(at: Sitting, meant: Say) -> None:
    """Say some sentences or words of the turn."""
    at.say(at.spot(meant.extent).range.of(at.revision.text))


def list_codebook(at: Sitting) -> None:
    """List all codes, with how often the coder has used each in this round and here."""
    book = at.seat.codebook
    here = [each.code for each in at.desk.on(at.turn.range)]
    if not book.codes:
        at.say(f"The codebook is empty yet. {_how_to_begin(at)}")
    for part in book.parts:
        at.say(f"Part {part.number}: {part.title}.")
        for code in (each for each in book.codes if each.part == part.number):
            on_this = f", {here.count(code.id)} here" if code.id in here else ""
            at.say(f"{named(code)}: {at.opened.counts.get(code.id, 0)} of yours{on_this}.")


def find_codes(at: Sitting, meant: Find) -> None:
    """List the codes that fit, best first, each with its definition."""
    found = matching(at.seat.codebook, meant.typed)
    if not found:
        raise NotFoundError(f"No code fits “{meant.typed}”.", hint=_offer(at, meant.typed))
    for code in found[:_LISTED]:
        at.say(f"{named(code)}: {shortened(code.description, to=_WORDS)}".rstrip(": "))
    if len(found) > _LISTED:
        at.say(f"{len(found) - _LISTED} more fit; type more of the word.")


def _how_to_begin(at: Sitting) -> str:
    if may_create(at.seat):
        return "create makes a code and puts it on the turn: create cold halls."
    return "i proposes words of a turn as a code."


def _offer(at: Sitting, name: str) -> str:
    """Say what can be done with words that no code fits."""
    if may_create(at.seat):
        return f"create {name} makes it one, and puts it on this turn."
    return f"i as {name} proposes it as one; this turn is its first example."


def define(at: Sitting, meant: Define) -> None:
    """Tell what codes mean: those named, else those on the turn, else the last ones used."""
    codes = meant.codes or _codes_here(at) or recents.recents(at.project, seat=at.seat).last
    if not codes:
        raise NotFoundError("There is no code here to define.", hint="Name one: d 1b")
    for code in codes:
        words = example_words(at.project, code, by=at.seat.coder)
        asked = proposers(at.project, code, by=at.seat.coder)
        for line in card(at.seat.codebook, code, examples=words, proposers=asked):
            at.say(line.whole)


def _codes_here(at: Sitting) -> tuple[Code, ...]:
    known = at.seat.codebook.by_id()
    here = (known.get(each.code) for each in at.desk.on(at.turn.range))
    return tuple(dict.fromkeys(code for code in here if code is not None))


def others(at: Sitting, meant: Others) -> None:
    """Tell other passages under a code, newest first."""
    code = meant.code or _only_code(at)
    found = comparison.others_under(at.project, code, seat=at.seat)
    if not found:
        at.say(f"There is no passage under {named(code)} yet.")
    for each in found[:_LISTED]:
        whose = ", ".join(piece for piece in (each.who or "yours", each.in_round) if piece)
        at.say(f"{each.place}, {whose}: “{shortened(each.words, to=_WORDS)}”")
    if len(found) > _LISTED:
        at.say(f"More: : others {code.key or code.label}")


def _only_code(at: Sitting) -> Code:
    here = _codes_here(at) or recents.recents(at.project, seat=at.seat).last
    if len(here) == 1:
        return here[0]
    listed = ", ".join(named(code) for code in here) or "No code is on this turn"
    raise RefusedError(f"Others under which code? {listed}.", hint="Name one: = 1b")


def show_only(at: Sitting, meant: Filter) -> None:
    """Filter the turns, or say what they can be filtered by."""
    if not meant.by:
        at.say(f"{_present(at)} {_WAYS}")
        return
    make = _FILTERS.get(meant.by)
    if make is None:
        raise NotUnderstoodError(f"Turns cannot be filtered by “{meant.by}”.", hint=_WAYS)
    new = make(at, meant.value)
    condition = new(at.opened)
    turns = condition.turns(at.revision) - {0}
    if not turns:
        raise NotFoundError(f"There is no turn here: {condition.words}.", hint="F shows all.")
    at.show_only(new)
    shown = f"{counted(len(turns), 'turn')} shown: {condition.words}"
    at.say(f"{shown}. j and k go through them, F shows all.")
    if at.turn.number not in turns:
        at.go_to(at.way.after(at.turn.number) or at.way.stops[0])


def _present(at: Sitting) -> str:
    return f"Shown now: {at.filter.words}." if at.filter else "All turns are shown."


def show_all(at: Sitting) -> None:
    """Show all turns again."""
    at.show_only(None)
    at.say("All turns are shown.")


def _by_speaker(at: Sitting, value: str) -> NewFilter:
    known = [name for name, _count in filters.speakers(at.revision)]
    fitting = [name for name in known if folded(name) == folded(value)]
    if not fitting:
        raise NotFoundError(
            f"Nobody called “{value}” speaks here.", hint=f"Speakers: {', '.join(known)}."
        )
    return lambda _opened: filters.by_speaker(fitting[0])


def _by_role(at: Sitting, value: str) -> NewFilter:
    roles = {role.value: role for role, _count in filters.roles(at.revision)}
    role: TurnRole | None = roles.get(folded(value).removesuffix("s"))
    if role is None:
        raise NotFoundError(f"There is no role “{value}” here.", hint=f"Roles: {', '.join(roles)}.")
    return lambda _opened: filters.by_role(role)


def _by_code(at: Sitting, value: str) -> NewFilter:
    return partial(filters.by_code, at.seat.codebook.code(value))


def _mine(_at: Sitting, _value: str) -> NewFilter:
    return filters.mine


def _left(_at: Sitting, _value: str) -> NewFilter:
    return filters.undone


_FILTERS = {
    "speaker": _by_speaker,
    "role": _by_role,
    "code": _by_code,
    "mine": _mine,
    "left": _left,
}


def change_prompts(at: Sitting) -> None:
    """Tell the turns before a participant's too, or no longer."""
    at.prompts = not at.prompts
    spoken = "are told before each answer" if at.prompts else "are left out"
    at.say(f"The interviewer's turns {spoken}.")


def explain(at: Sitting, meant: Explain) -> None:
    """Say how the line mode works, or what one letter does."""
    if not meant.about:
        for line in page("plain").splitlines():
            at.say(line)
        return
    said = explained(meant.about)
    if said:
        at.say(f"{meant.about}: {said}")
    elif at.seat.codebook.holds(meant.about):
        define(at, Define((at.seat.codebook.code(meant.about),)))
    else:
        raise NotFoundError(
            f"There is nothing to say on “{meant.about}”.", hint="? lists what can be typed."
        )
