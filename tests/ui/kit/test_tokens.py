from __future__ import annotations

import pytest

from muniment.ui.kit.tokens import (
    PALETTES,
    STATES,
    VERBS,
    Part,
    Scale,
    State,
    Tint,
    Verb,
    band_colour,
    chip_ink,
    contrast,
    height,
    state_colour,
)


def test_contrast_is_that_of_the_definition() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("tint", Tint)
@pytest.mark.parametrize("state", State)
def test_state_text_is_readable_in_weak_light(tint: Tint, state: State) -> None:
    ink = chip_ink(tint, state)
    assert contrast(ink.text, ink.ground) >= 7
    assert contrast(state_colour(tint, state), PALETTES[tint].panel) >= 7


@pytest.mark.parametrize("tint", Tint)
@pytest.mark.parametrize("verb", Verb)
def test_the_words_of_every_band_are_readable(tint: Tint, verb: Verb) -> None:
    assert contrast(PALETTES[tint].on_verb, band_colour(tint, verb)) >= 7


@pytest.mark.parametrize("tint", Tint)
def test_text_training_and_rings_are_seen(tint: Tint) -> None:
    c = PALETTES[tint]
    assert contrast(c.text, c.panel) >= 7
    assert contrast(c.text, c.page) >= 7
    assert contrast(c.text, c.soft) >= 7
    assert contrast(c.on_training, c.training) >= 7
    assert contrast(c.on_accent, c.accent) >= 7
    assert contrast(c.quiet, c.panel) >= 4.5
    assert contrast(c.rail_text, c.rail) >= 4.5
    assert contrast(c.focus, c.panel) >= 3
    assert contrast(c.edge, c.panel) >= 3


def test_no_two_states_share_their_word_or_their_icon_and_fill() -> None:
    words = [str(look.word) for look in STATES.values()]
    assert len(set(words)) == len(State)
    assert len({(look.icon, look.fill) for look in STATES.values()}) == len(State)


def test_no_two_bands_share_a_colour_by_day() -> None:
    for tint in (Tint.LIGHT, Tint.DARK):
        assert len({band_colour(tint, verb) for verb in VERBS}) == len(Verb)


@pytest.mark.parametrize("part", [Part.BUTTON, Part.ROW, Part.FIELD, Part.QUEUE, Part.RAIL_ITEM])
def test_gloved_hands_find_targets_of_fifteen_millimetres(part: Part) -> None:
    assert height(part, Scale.GLOVE) / 96 * 25.4 >= 15


def test_every_part_is_a_quarter_higher_in_large_type() -> None:
    assert [height(part, Scale.LARGE) for part in (Part.BAND, Part.BUTTON)] == [90, 55]
