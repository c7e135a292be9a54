"""What a kind of sheet is: its name, the fields it may have, and the columns of the template to fill in."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from station_app.domain.sheet_mapping import Field


@dataclass(frozen=True)
class TemplateColumn:
    """One column of the template that is handed out to be filled in.

    Args:
        key: of the field; its title is the column's head.
        hint: how to fill it in, one short line.
        example: what the example row says.
        choices: values offered in a list; empty for free text.
        width: in units of one ASCII character.
    """

    key: str
    hint: str
    example: str
    choices: tuple[str, ...] = ()
    width: float = 14


@dataclass(frozen=True)
class SheetForm:
    """A kind of sheet.

    Args:
        title: what it is called: 代表花名册.
        fields: everything a column may mean.
        required: keys without which it is no such sheet.
        entry: keys of which any one, filled in, makes a row an entry.
        template: columns of the template, in order.
        asides: by key, what is said when a sheet has a column that is recognised but not registered as it stands.
    """

    title: str
    fields: tuple[Field, ...]
    required: tuple[str, ...]
    entry: tuple[str, ...]
    template: tuple[TemplateColumn, ...] = ()
    asides: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)

    def field(self, key: str) -> Field:
        """Return the field of a key.

        Raises:
            KeyError: there is no such field.
        """
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)

    def titles(self, keys: Sequence[str]) -> str:
        """Return the titles of fields as a list: 姓名、性别."""
        return "、".join(self.field(key).title for key in keys)
