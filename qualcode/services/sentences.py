"""Sentences of a source: cut when first asked for, then kept with the revision."""

from qualcode.domain.sources import Revision
from qualcode.domain.text import Range
from qualcode.store.project import Project


def sentences_of(project: Project, revision: Revision) -> list[Range]:
    """Give the sentence ranges of a revision; the first time costs a second."""
    from qualcode.language.sentences import sentences, splitter_name

    with project.reading() as view:
        about = view.about()
        model = about.sentence_model or None
        splitter = splitter_name(about.language, model)
        kept = view.sources.sentences(revision.id, splitter)
    if kept is not None:
        return kept
    ranges = sentences(revision.text, revision.turns, language=about.language, model=model)
    if project.signed_in is not None:  # only who owns the texts keeps what follows from them
        return ranges
    with project.upkeep() as view:
        view.sources.keep_sentences(revision.id, splitter, ranges)
    return ranges


def make_sure_of(model: str, *, language: str) -> None:
    """Refuse a spaCy model that is not installed; it is never downloaded."""
    from qualcode.language.sentences import sentences

    sentences("", (), language=language, model=model)
