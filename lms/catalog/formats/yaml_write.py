"""Data to YAML, in the way people write it by hand; read back, it says the same."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

WIDTH = 96
_FOLDED = 90
"""Texts longer than this go below their key."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # lists stand indented below their key


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    if "\n" in value and _can_be_block(value):
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|")
    if len(value) > _FOLDED and _can_be_folded(value):
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=">")
    style = '"' if _needs_quotes(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _needs_quotes(value: str) -> bool:
    means_else = value in ("~", "null", "true", "false")
    return means_else or value.strip() != value or not value.isprintable()


def _can_be_block(value: str) -> bool:
    lines = value.split("\n")
    plain = all(line == line.rstrip() and line.isprintable() for line in lines)
    return plain and bool(lines[0].strip()) and not lines[0].startswith(" ")


def _can_be_folded(value: str) -> bool:
    return value.isprintable() and value.strip() == value and "  " not in value


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", format(value, "f"))


def _mapping(dumper: yaml.SafeDumper, value: Mapping[str, Any]) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items())


def _sequence(dumper: yaml.SafeDumper, value: Sequence[Any]) -> yaml.SequenceNode:
    simple = all(isinstance(each, str | int) and len(str(each)) < 30 for each in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=simple)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _number)
_Dumper.add_multi_representer(dict, _mapping)
_Dumper.add_multi_representer(list, _sequence)
_Dumper.add_representer(tuple, _sequence)


def write_yaml(data: Mapping[str, Any]) -> str:
    """A mapping as a YAML text: keys in their order, lists indented, long texts folded."""
    text: str = yaml.dump(
        plain(data),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
        default_flow_style=False,
    )
    return text


def plain(value: Any) -> Any:
    """Data without what it remembers of its file, ready to be written."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, date | Decimal | str | bool | int) or value is None:
        return value
    raise TypeError(f"{type(value).__name__} has no place in a course file")
