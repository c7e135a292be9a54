"""Figures as JSON: key, value, title, definition and the cases behind each."""

from station_app.domain.figure_values import Figures, Ratio


def figures_as_json(figures: Figures) -> dict[str, object]:
    """Return ``{"figures": {key: {"value", "title", "definition", "cases"}}, "ties": bool}``.

    A rate's value is its number between 0 and 1, or null without a denominator; its fraction stands beside.
    """
    table: dict[str, object] = {}
    for key, figure in figures.table.items():
        entry: dict[str, object] = {
            "value": figure.value,
            "title": figure.title,
            "definition": figure.definition,
            "cases": list(figure.cases),
        }
        if isinstance(figure.value, Ratio):
            entry["value"] = figure.value.value
            entry["fraction"] = [figure.value.numerator, figure.value.denominator]
        table[key] = entry
    return {"figures": table, "ties": figures.ties}
