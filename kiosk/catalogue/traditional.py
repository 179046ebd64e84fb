"""``kiosk catalogue traditional``: write the missing Traditional Chinese words into the files.

Authors write Simplified Chinese and English. The third language is made by OpenCC (s2tw: Taiwan's characters) with a
few words of our own, and put beside the others, where it can be read and corrected; what stands there already is never
touched. The text of the file is edited, not written anew, so comments and layout stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import yaml

_QUOTES: Final = str.maketrans("“”‘’", "「」『』")
_BLOCKS: Final = ("|", ">")
_WORDS: Final = {
    "信息": "資訊",
    "打印": "列印",
    "网络": "網路",
    "短信": "簡訊",
    "视频": "影片",
    "软件": "軟體",
    "平方米": "平方公尺",
    "厘米": "公分",
    "账": "帳",
    "联系": "聯絡",
    "芯片": "晶片",
}
"""Words that differ. Not OpenCC's own list (s2twp): it takes 窗口, 通过, 项目, 文件 for words of computing."""


def write_traditional(root: Path) -> dict[str, int]:
    """Fill the missing ``zh-Hant`` of every file below ``root`` in place.

    Returns:
        How many words were written, by file; files that lacked none are left out.
    """
    import opencc  # only this command pays for its dictionaries

    converter = opencc.OpenCC("s2tw")

    def convert(words: str) -> str:
        for simplified, traditional in _WORDS.items():
            words = words.replace(simplified, traditional)
        return str(converter.convert(words)).replace("臺", "台")  # as everybody writes it, also in Taiwan

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
    source = text[value.start_mark.index : value.end_mark.index].rstrip()
    end = value.start_mark.index + len(source)
    # the source's own quotes and line breaks are kept: only what is between them is in another script
    words = convert(source).translate(_QUOTES)
    if mapping.flow_style:
        return end, f", zh-Hant: {words}"
    if value.style not in _BLOCKS:
        # a comment behind the words stays on their line
        end = text.find("\n", end) if "\n" in text[end:] else len(text)
    return end, f"\n{' ' * key.start_mark.column}zh-Hant: {words}"
