"""The colours of codes, told apart with every kind of colour vision."""

from rich.style import Style

ON_DARK = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7")
"""Okabe and Ito's colours, black left out."""

ON_LIGHT = ("#A57200", "#3F85AC", "#008F68", "#878025", "#0072B2", "#CE5B00", "#AD678E")
"""The same, darkened to a contrast of 3:1 or more, by WCAG 2, on white and on light grey."""


def colour_of(place: int, palette: tuple[str, ...]) -> Style:
    """Give the colour of a code by its place in the codebook, from 0."""
    return Style(color=palette[place % len(palette)])
