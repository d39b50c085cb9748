"""Shares that come back: in any order, twice, from several coders and several machines."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder, Role
from qualcode.store.checks import check
from qualcode.store.models import RoundCoderRow

from .conftest import Study, codebook_of, tampered
from .sharing import Sharing, change_theme, claims, content, keep, random_work, take


@pytest.fixture
def sharing(study: Study, tmp_path: Path) -> Iterator[Sharing]:
    """Give shares out of a study in a file, then of one in a database."""
    made = Sharing(study, tmp_path)
    yield made
    made.close()


@pytest.fixture
def of_file(file_study: Study, tmp_path: Path) -> Iterator[Sharing]:
    """Give shares out of a study in a file."""
    made = Sharing(file_study, tmp_path)
    yield made
    made.close()


def test_what_a_coder_did_elsewhere_comes_back(study: Study, sharing: Sharing) -> None:
    share = sharing.give(study.ada, "ada")
    share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    share.add(share.ada, share.memo(share.ada, share.turn(2), "Said elsewhere."))
    take(study, Path(share.project.place))
    assert study.codes(study.ada) == ["TC1A"]
    assert check(study.project) == []


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_joining_does_not_matter(study: Study, sharing: Sharing, seed: int) -> None:
    chance, cyd = Random(seed), _third_coder(study)
    for _ in range(4):
        random_work(study, study.ada, chance)
    shares = [
        (sharing.give(study.ada, "ada-1"), study.ada),
        (sharing.give(study.ada, "ada-2"), study.ada),
        (sharing.give(study.ben, "ben"), study.ben),
        (sharing.give(cyd, "cyd"), cyd),
    ]
    files = []
    for sent in (1, 2):
        for number, (share, coder) in enumerate(shares):
            for _ in range(chance.randint(1, 6)):
                random_work(share, coder, chance)
            files.append(keep(share, f"sent-{number}-{sent}.qualcode"))
        if sent == 1:
            _another_codebook(study)
    orders = [chance.sample(files, len(files)) for _ in range(4)]
    contents = [sharing.joined([*order, order[0]], f"{n}") for n, order in enumerate(orders)]
    assert all(each == contents[0] for each in contents[1:])


def _third_coder(study: Study) -> Coder:
    """Let somebody else code in the blind round as well."""
    cyd = Coder(new_id(), "Cyd", Role.CODER)
    with study.project.work("coder add", by=study.lead) as work:
        work.people.add(cyd)
        member = RoundCoderRow(round_id=study.blind.id, coder_id=cyd.id, position=2)
        work.session.add(member)
        work.rounds.assign(study.blind, [cyd.id], [study.ferry.id, study.market.id])
        work.note("coder", str(cyd.id))
    return cyd


def _another_codebook(study: Study) -> None:
    """Let the lead issue another version meanwhile."""
    with study.project.work("codebook load", by=study.lead) as work:
        work.codebooks.add(codebook_of("TC3A"), reason="newer")


@pytest.mark.parametrize("seed", range(8))
def test_shares_renewed_between_join_in_any_order(of_file: Sharing, seed: int) -> None:
    study, chance = of_file.study, Random(seed)
    shares = [of_file.give(study.ada, name) for name in ("ada-1", "ada-2")]
    files = []
    for sent in range(3):
        for number, share in enumerate(shares):
            for _ in range(chance.randint(1, 5)):
                random_work(share, study.ada, chance)
            files.append(keep(share, f"sent-{number}-{sent}.qualcode"))
        if chance.random() < 0.7:
            take(study, chance.choice(files))
        random_work(study, study.ada, chance)
        renewed = chance.choice(shares)
        before = renewed.codes(study.ada), claims(renewed, study.ada)
        was_joined = study.codes(study.ada)
        of_file.renew(renewed, study.ada)
        assert check(renewed.project) == []
        assert set(renewed.codes(study.ada)) <= {*before[0], *was_joined}
    files += [keep(share, f"last-{number}.qualcode") for number, share in enumerate(shares)]
    orders = [files[::-1], *(chance.sample(files, len(files)) for _ in range(2))]
    contents = [of_file.joined([*order, order[0]], f"{n}") for n, order in enumerate(orders)]
    assert all(each == contents[0] for each in contents[1:])
    assert check(study.project) == []


def test_what_was_joined_in_any_order_can_be_given_out_again(of_file: Sharing) -> None:
    study = of_file.study
    for name in ("ada-1", "ada-2"):
        share = of_file.give(study.ada, name)
        share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    for each in of_file.given:
        take(study, Path(each.place))
    again = of_file.give(study.ada, "again")
    assert check(again.project) == []
    assert again.codes(study.ada) == ["TC1A"]


def test_work_goes_on_in_a_renewed_share_and_comes_back_whole(of_file: Sharing) -> None:
    study = of_file.study
    share = of_file.give(study.ada, "ada")
    share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    early = keep(share, "early.qualcode")
    of_file.renew(share, study.ada)
    assert share.codes(study.ada) == ["TC1A"]
    assert share.undo(study.ada)
    share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    share.add(share.ada, share.coding(share.ada, "TC1B", share.turn(5)))
    assert check(share.project) == []
    take(study, Path(share.project.place), early)
    assert study.codes(study.ada) == ["TC1A", "TC1B"]
    assert check(study.project) == []


def test_what_was_taken_off_and_put_on_again_stands_in_a_renewed_share(of_file: Sharing) -> None:
    study = of_file.study
    share = of_file.give(study.ada, "ada")
    share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    take(study, Path(share.project.place))
    share.retire(share.ada, *share.desk(share.ada).codings)
    share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    for _ in range(2):
        of_file.renew(share, study.ada)
        assert share.codes(study.ada) == ["TC1A"]
        assert check(share.project) == []
    take(study, Path(share.project.place))
    assert study.codes(study.ada) == ["TC1A"]
    assert check(study.project) == []


def test_of_a_theme_changed_on_two_machines_the_later_change_stands(of_file: Sharing) -> None:
    study = of_file.study
    change_theme(study, study.ada, "First.")
    shares = [of_file.give(study.ada, name) for name in ("one", "two")]
    change_theme(shares[0], study.ada, "On one.")
    change_theme(shares[0], study.ada, "On one, again.")
    change_theme(shares[1], study.ada, "On two, later.")
    files = [Path(each.place) for each in of_file.given]
    for number, order in enumerate(permutations(files)):
        of_file.joined(order, f"order-{number}")
    take(study, *files)
    assert claims(study, study.ada) == ["On two, later."]
    with study.project.reading() as view:
        (theme,) = view.themes.all()
        told = [each.theme.claim for each in view.themes.history(theme)]
    assert told == ["First.", "On one.", "On one, again.", "On two, later."]
    change_theme(study, study.ada, "At home.")
    assert claims(study, study.ada) == ["At home."]
    assert check(study.project) == []


def test_an_altered_share_is_refused_whole(study: Study, sharing: Sharing) -> None:
    share = sharing.give(study.ada, "ada")
    share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    share.project.close()
    place = Path(share.project.place)
    tampered(place, "UPDATE entry SET at = '2001-01-01'")
    before = content(study.project)
    with pytest.raises(ImportRefusedError):
        take(study, place)
    assert content(study.project) == before


def test_a_share_that_writes_in_a_colleagues_layer_is_refused(
    study: Study, sharing: Sharing
) -> None:
    share = sharing.give(study.ada, "ada")
    share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    share.project.close()
    place, layer = Path(share.project.place), study.layer(study.ben).id.hex
    tampered(place, f"UPDATE coding SET layer_id = x'{layer}'")  # noqa: S608 - an id of the test's
    with pytest.raises(ImportRefusedError):
        take(study, place)


@pytest.mark.parametrize(
    ("table", "change", "missing"),
    [
        ("coding", "codebook_version = 7", "version 7 of the codebook"),
        ("coding", "code_id = x'{id}'", "the code "),
        ("coding", "revision_id = x'{id}'", "{text}"),
        ("coding", "source_id = x'{id}'", "the source "),
    ],
)
def test_a_share_that_rests_on_what_the_study_lacks_is_refused_by_name(
    of_file: Sharing, table: str, change: str, missing: str
) -> None:
    study, unknown = of_file.study, "0123456789abcdef0123456789abcdef"
    share = of_file.give(study.ada, "ada")
    share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    share.project.close()
    place = Path(share.project.place)
    change = change.format(id=unknown)
    tampered(place, f"UPDATE {table} SET {change}")  # noqa: S608 - the test's own
    named = missing.format(text="01234567-89ab")
    with pytest.raises(ImportRefusedError, match=f"it rests on {named}"):
        take(study, place)
