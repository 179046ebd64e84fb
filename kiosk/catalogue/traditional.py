"""``kiosk catalogue traditional``: write the missing Traditional Chinese words into the files.

Authors write Simplified Chinese and English. The third language is made by ``kiosk.traditional`` and put beside the
others, where it can be read. The text of the file is edited, not written anew, so comments and layout stay.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import yaml

from kiosk.traditional import converter, load_regional

_BLOCKS: Final = ("|", ">")


def write_traditional(root: Path) -> dict[str, int]:
    """Fill the missing ``zh-Hant`` of every file below ``root`` in place; what stands there is not touched.

    Returns:
        How many words were written, by file; files that lacked none are left out.
    """
    convert = converter(load_regional())
    written: dict[str, int] = {}
    for path in sorted(root.rglob("*.yaml")):
        before = path.read_text(encoding="utf-8")
        after, count = filled(before, convert)
        if count:
            path.write_text(after, encoding="utf-8", newline="")
            written[path.relative_to(root).as_posix()] = count
    return written


def filled(text: str, convert: Callable[[str], str]) -> tuple[str, int]:
    """Return YAML ``text`` with every missing ``zh-Hant`` put after its ``zh-Hans``, and how many those were.

    Text that is no YAML comes back as it is: the check tells what is wrong with it.

    Args:
        text: Content of a file.
        convert: From Simplified to Traditional characters.
    """
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return text, 0
    inserted = [_insertion(text, mapping, key, value, convert) for mapping, key, value in _lacking(root)]
    # from the end, so that the places before stay where they are
    for place, words in sorted(inserted, reverse=True):
        text = text[:place] + words + text[place:]
    return text, len(inserted)


def renewed(text: str, convert: Callable[[str], str]) -> tuple[str, list[tuple[int, str, str, str]]]:
    """Return YAML ``text`` with every ``zh-Hant`` that is not the conversion of its ``zh-Hans`` replaced by it.

    Args:
        text: Content of a file; must be YAML.
        convert: From Simplified to Traditional Chinese.

    Returns:
        The text, and of each replaced string its line, the source, what stood there and what stands there now.
    """
    found = []
    places = []
    for source, written in _pairs(yaml.compose(text, Loader=yaml.CSafeLoader)):
        wanted = convert(source.value)
        if wanted != written.value:
            found.append((written.start_mark.line + 1, source.value, written.value, wanted))
            places.append((written, _restyled(text, source, wanted, convert)))
    # from the end, so that the places before stay where they are
    for written, words in reversed(places):
        end = written.start_mark.index + len(_raw(text, written))
        text = text[: written.start_mark.index] + words + text[end:]
    return text, found


def _pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.ScalarNode]]:
    """Yield the Simplified and the Traditional words of every text, in the order of the file."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _pairs(item)
    if isinstance(node, yaml.MappingNode):
        values = {key.value: value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
        if "zh-Hans" in values and "zh-Hant" in values:
            yield values["zh-Hans"], values["zh-Hant"]
        for _, value in node.value:
            yield from _pairs(value)


def _raw(text: str, value: yaml.ScalarNode) -> str:
    """Return how ``value`` is written, with its quotes."""
    return text[value.start_mark.index : value.end_mark.index].rstrip()


def _restyled(text: str, source: yaml.ScalarNode, wanted: str, convert: Callable[[str], str]) -> str:
    """Return ``wanted`` written as its source is; in double quotes where that would be read as something else."""
    words = convert(_raw(text, source))
    try:
        read = yaml.load(f"a: {words}" if source.style in _BLOCKS else f"{{a: {words}}}", Loader=yaml.CSafeLoader)["a"]
    except (yaml.YAMLError, TypeError):
        read = None
    same = isinstance(read, str) and read.rstrip("\n") == wanted.rstrip("\n")
    return words if same else json.dumps(wanted, ensure_ascii=False)


def _lacking(node: yaml.Node | None) -> Iterator[tuple[yaml.MappingNode, yaml.ScalarNode, yaml.ScalarNode]]:
    """Yield the mappings that have words in Simplified Chinese and none in Traditional, with key and value."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _lacking(item)
    if not isinstance(node, yaml.MappingNode):
        return
    keys = {key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
    for key, value in node.value:
        if key.value == "zh-Hans" and "zh-Hant" not in keys and isinstance(value, yaml.ScalarNode):
            yield node, key, value
        else:
            yield from _lacking(value)


def _insertion(
    text: str, mapping: yaml.MappingNode, key: yaml.ScalarNode, value: yaml.ScalarNode, convert: Callable[[str], str]
) -> tuple[int, str]:
    """Return where to put the words, and the words with their key, written in the style of the source."""
    source = _raw(text, value)
    end = value.start_mark.index + len(source)
    # the source's own quotes and line breaks are kept: only what is between them is in another script
    words = convert(source)
    if mapping.flow_style:
        return end, f", zh-Hant: {words}"
    if value.style not in _BLOCKS:
        # a comment behind the words stays on their line
        end = text.find("\n", end) if "\n" in text[end:] else len(text)
    return end, f"\n{' ' * key.start_mark.column}zh-Hant: {words}"
