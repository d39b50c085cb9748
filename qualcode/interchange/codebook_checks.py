"""What makes a codebook one: no name twice, every parent there, no circles of parents."""

from dataclasses import replace

from qualcode.domain.codebook import Code, Codebook, folded
from qualcode.domain.display import shortened
from qualcode.domain.errors import ImportRefusedError
from qualcode.interchange.importing import Upload

_SHOWN = 60


def checked(upload: Upload, codebook: Codebook) -> Codebook:
    """Refuse a codebook that contradicts itself; write parents as the labels they name."""
    seen: set[int] = set()
    for part in codebook.parts:
        if part.number in seen:
            raise ImportRefusedError(upload.name, f"part {part.number} stands there twice.")
        seen.add(part.number)
    _refuse_twins(upload, codebook)
    names = {folded(code.label): code.label for code in codebook.codes}
    related = replace(
        codebook, codes=tuple(_related(upload, code, names) for code in codebook.codes)
    )
    _refuse_circles(upload, related)
    return related


def _refuse_twins(upload: Upload, codebook: Codebook) -> None:
    """Let a name find one code only, whatever its case and accents."""
    labels: dict[str, Code] = {}
    for code in codebook.codes:
        twin = labels.setdefault(folded(code.label), code)
        if twin is not code:
            raise ImportRefusedError(
                upload.name,
                f"entries {twin.position} and {code.position} are both called"
                f" “{_shown(code.label)}” (case and accents do not tell codes apart).",
            )
    keys: dict[str, Code] = {}
    for code in codebook.codes:
        if not code.key.isalnum():
            raise ImportRefusedError(
                upload.name,
                f"code “{_shown(code.label)}” has the key “{_shown(code.key)}”;"
                " a key holds letters and digits only.",
            )
        key = folded(code.key)
        twin = keys.setdefault(key, code)
        other = labels.get(key, code) if twin is code else twin
        if other is not code:
            raise ImportRefusedError(
                upload.name,
                f"the key “{code.key}” of “{_shown(code.label)}” also names"
                f" “{_shown(other.label)}”.",
            )


def _related(upload: Upload, code: Code, names: dict[str, str]) -> Code:
    for name in (code.parent, *code.not_to_confuse_with):
        if name and folded(name) not in names:
            raise ImportRefusedError(
                upload.name,
                f"code “{_shown(code.label)}” refers to “{_shown(name)}”,"
                " which the codebook does not hold.",
            )
    return replace(code, parent=names[folded(code.parent)] if code.parent else "")


def _refuse_circles(upload: Upload, codebook: Codebook) -> None:
    parents = {code.label: code.parent for code in codebook.codes}
    settled = {""}
    for code in codebook.codes:
        label = code.label
        path: dict[str, None] = {}
        while label not in settled and label not in path:
            path[label] = None
            label = parents[label]
        if label not in settled:
            steps = list(path)
            circle = [f"“{_shown(one)}”" for one in (*steps[steps.index(label) :], label)]
            raise ImportRefusedError(
                upload.name, f"the parents form a circle: {' under '.join(circle)}."
            )
        settled.update(path)


def _shown(name: str) -> str:
    return shortened(name, to=_SHOWN)
