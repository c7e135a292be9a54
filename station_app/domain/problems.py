"""What is wrong with the clerk's input, told field by field."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldProblem:
    """One problem of one field.

    Args:
        field: key of the field as in the draft, dotted for parts: ``visitor.phone``, ``opinions.0.words``.
        message: Chinese sentence that says what to type.
    """

    field: str
    message: str


class InvalidInput(Exception):  # noqa: N818 - the agreed word for the clerk's input
    """The input cannot be saved; every problem names its field."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(problem.message for problem in self.problems))


def invalid(field: str, message: str) -> InvalidInput:
    """Return an `InvalidInput` with a single problem."""
    return InvalidInput([FieldProblem(field, message)])


def refuse(problems: Iterable[FieldProblem | None]) -> None:
    """Raise if there is any problem among ``problems``; None entries are checks that passed.

    Raises:
        InvalidInput: with every problem.
    """
    found = [problem for problem in problems if problem]
    if found:
        raise InvalidInput(found)
