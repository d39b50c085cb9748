"""Sentences of a source: cut when first asked for, then kept with the revision."""

from qualcode.domain.sources import Revision
from qualcode.domain.text import Range
from qualcode.store.project import Project


def sentences_of(project: Project, revision: Revision) -> list[Range]:
    """Give the sentence ranges of a revision; the first time costs a second."""
    with project.reading() as view:
        language = view.about().language
        kept = view.sources.sentences(revision.id, _splitter(language))
    if kept is not None:
        return kept
    from qualcode.language.sentences import sentences

    ranges = sentences(revision.text, revision.turns, language=language)
    with project.upkeep() as view:
        view.sources.keep_sentences(revision.id, _splitter(language), ranges)
    return ranges


def _splitter(language: str) -> str:
    from qualcode.language.sentences import splitter_name

    return splitter_name(language, None)
