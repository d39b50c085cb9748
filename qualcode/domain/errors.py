"""Mishaps, each a class that writes its own sentence and its way out.

    QualcodeError                        3
    ├── NotFoundError                    10   a name that the project does not hold
    ├── AlreadyThereError                11   a name or a text that is there already
    ├── RefusedError                     12   not yours to do, or not now
    ├── PlaceError                       13   a place outside the text, or no place at all
    ├── ImportRefusedError               14   a file that cannot be taken in
    ├── ProjectError                     15   no project file, or one that cannot be opened
    ├── ExportRefusedError               16   a file that cannot be written
    └── DamageError                      17   stored words or history that do not agree

The numbers are the program's exit statuses; they are stable.
"""


class QualcodeError(Exception):
    """Something a coder can be told in one sentence, with a way out."""

    exit_status = 3

    def __init__(self, sentence: str, *, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class NotFoundError(QualcodeError):
    """A coder, code, source, round or turn was named that the project does not hold."""

    exit_status = 10


class UnknownCodeError(NotFoundError):
    """A code was named that the codebook does not hold."""

    def __init__(self, name: str, *, near: tuple[str, ...] = ()) -> None:
        hint = f"Did you mean {', '.join(near)}?" if near else "See: qualcode codebook show"
        super().__init__(f"The codebook has no code “{name}”.", hint=hint)


class LaterCodeError(UnknownCodeError):
    """A code was named as only a later version of the codebook calls it."""

    def __init__(self, name: str, came: int, *, version: int, kept_by: str, here: str = "") -> None:
        keeps = f"round {kept_by} goes by" if kept_by else "this is"
        way = f"The lead lets the round go on with the newest: qualcode round update {kept_by}"
        if here:
            way = f"In version {version} that is {here}."
        elif not kept_by:
            way = "See: qualcode codebook versions"
        sentence = f"“{name}” came with version {came}; {keeps} version {version}."
        QualcodeError.__init__(self, sentence, hint=way)


class RetiredCodeError(NotFoundError):
    """A code was named that is retired; whatever took its place is named instead."""

    def __init__(self, label: str, successors: tuple[str, ...]) -> None:
        way = f"Use {' or '.join(successors)}." if successors else "Nothing took its place."
        super().__init__(f"{label} is retired.", hint=way)


class UnknownSourceError(NotFoundError):
    """A source was named that the project does not hold."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no source “{name}”.", hint="See: qualcode source list")


class UnknownCoderError(NotFoundError):
    """A coder was named whom the project does not know."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no coder “{name}”.", hint="See: qualcode coder list")


class UnknownRoundError(NotFoundError):
    """A round was named that the project does not hold."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no round “{name}”.", hint="See: qualcode round status")


class AlreadyThereError(QualcodeError):
    """A name or a text is in the project already."""

    exit_status = 11


class RefusedError(QualcodeError):
    """The step is not this coder's to do, or cannot be done now."""

    exit_status = 12


class ChangedMeanwhileError(RefusedError):
    """What was to be changed reads differently by now."""

    def __init__(self, what: str, who: str, version: int) -> None:
        super().__init__(
            f"{what} was changed meanwhile by {who} (codebook version {version}).",
            hint="Look at it again; nothing was changed now.",
        )


class NotYoursError(RefusedError):
    """A change was tried in another person's layer."""

    def __init__(self) -> None:
        super().__init__(
            "This layer is not yours to change.", hint="Everybody codes in their own layer."
        )


class GoneError(RefusedError):
    """Something was to be added for a coder who has left the study."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} has left the study; nothing is added under this name.",
            hint=f'The lead lets a coder come back: qualcode coder return "{name}"',
        )


class OtherRoleError(RefusedError):
    """Somebody signed in as one coder wants to act as another."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"You are signed in to the database as {name}, and act as {name} only.",
            hint="Leave out --as and QUALCODE_CODER, or sign in as somebody else.",
        )


class RoundNotOpenError(RefusedError):
    """Coding was tried in a round that is frozen or closed."""

    def __init__(self, name: str, state: str, *, hint: str = "") -> None:
        note = 'A note for the next round: m on the screen, or qualcode memo PLACE "…" --next'
        super().__init__(
            f"Round {name} is {state}: its codings no longer change.", hint=hint or note
        )


class PlaceError(QualcodeError):
    """A place lies outside the text, or is not written as a place."""

    exit_status = 13


class ImportRefusedError(QualcodeError):
    """A file cannot be taken in."""

    exit_status = 14

    def __init__(self, name: str, trouble: str, *, hint: str = "") -> None:
        super().__init__(f"{name}: {trouble}", hint=hint or "Nothing was imported from this file.")
        self.name = name
        self.trouble = trouble


class ProjectError(QualcodeError):
    """The project file is missing, is none, or cannot be opened."""

    exit_status = 15


class ExportRefusedError(QualcodeError):
    """A file cannot be written."""

    exit_status = 16


class DamageError(QualcodeError):
    """Stored words or the journal do not agree with their hashes."""

    exit_status = 17
