"""A coder's own settings on the screens."""

from qualcode.domain.settings import Settings
from qualcode.tui.widgets.code_box import CodeBox
from qualcode.tui.widgets.foot import Foot

from .conftest import Sit, Study


async def test_the_instant_rule_can_be_turned_off_for_the_first_days(
    study: Study, sit: Sit
) -> None:
    async with sit(settings=Settings(instant=False)) as desk:
        await desk.press("1", "b")
        assert desk.coding.query_one(CodeBox).is_open
        await desk.press("enter")
        assert desk.said == "+ TC1B Negatives"


async def test_an_action_has_the_key_one_gave_it_and_the_foot_says_so(sit: Sit) -> None:
    async with sit(settings=Settings(keys={"next": "ctrl+n,v"})) as desk:
        await desk.press("v")
        assert "turn 3 of 5" in desk.head
        await desk.press("ctrl+n")
        assert "turn 5 of 5" in desk.head
        assert "ctrl+n next" in desk.coding.query_one(Foot).offered


async def test_keys_for_what_there_is_not_are_told(sit: Sit) -> None:
    async with sit(settings=Settings(keys={"make_tea": "t"})) as desk:
        told = [notice.message for notice in desk.app._notifications]
        assert told == ["Own keys for what there is not: make_tea. See: qualcode settings"]
        await desk.press("1", "b")
        assert desk.said == "+ TC1B Negatives"


async def test_the_light_theme_is_taken_from_the_settings(sit: Sit) -> None:
    async with sit(settings=Settings(theme="light")) as desk:
        assert not desk.app.current_theme.dark


async def test_a_pause_is_suggested_where_one_was_asked_for(sit: Sit) -> None:
    async with sit(settings=Settings(pause=45)) as desk:
        desk.coding.pace._began -= 46 * 60
        desk.coding.look_at_the_clock()
        assert desk.said.startswith("46 minutes at this. A pause?")


async def test_the_pace_line_is_quiet_and_can_be_turned_off(sit: Sit) -> None:
    for pace in (True, False):
        async with sit(settings=Settings(pace=pace)) as desk:
            desk.coding.pace._began -= 9 * 60
            await desk.press("minus")
            assert desk.head.endswith("1 turn in 9 min") is pace
            await desk.press("u")
