"""Search in everyday words: Chinese in both scripts, English, pinyin and its initials.

Chinese is indexed by single characters and pairs and ranked by BM25, which finds the right service for nine in ten
colloquial questions once the filler words are gone. Latin letters are looked for as English words, as pinyin typed in
full (``shebao``) and as initials (``sb``). OpenCC and pypinyin are loaded when the first query needs them, because
nothing of them is needed to start.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import msgspec

_FILLER = re.compile(
    r"怎么办理|怎么办|如何办理|怎样办理|要什么手续|需要什么手续|要办什么|需要什么材料|要什么材料|要带什么|什么手续"
    r"|我想要|我想|我要|我们|想要|帮我|请问|请帮|在哪里|在哪儿|在哪|哪里|怎么样|怎么|怎样|如何|多少钱"
    r"|可以吗|能不能|可不可以|是不是|有没有|需要|一下|办理|吗|呢|啊|吧|的|了|我|想"
)
_ENGLISH_FILLER = re.compile(
    r"a|an|and|apply|can|do|does|for|get|help|how|i|in|is|it|like|me|my|need|of|on|or|please|some|the|to|want|what|where"
    r"|with|would"
)
_CJK = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[a-z0-9]+")

_K1, _B = 1.2, 0.4
_PAIR, _SINGLE = 1.0, 0.35
"""Weight of a pair of characters and of a single one: 社保 says more than 社 and 保."""
_NAME, _EVERYDAY, _SUMMARY = 3.0, 3.0, 1.0
_WHOLE = 12.0
"""Added when the query is a name or an everyday word from end to end."""
_INSIDE = 4.0
"""Added when the query stands inside one."""
_WORST = 0.12
"""Of the best score; what is further below is noise."""


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The words a service is found by."""

    id: str
    names: tuple[str, ...]
    everyday: tuple[str, ...]
    summary: tuple[str, ...]
    lift: float = 1.0
    """Factor on its score: a one-thing comes before an item of the same words."""


@cache
def _simplifier() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


@cache
def _speller() -> Callable[[str], list[str]]:
    import pypinyin

    spell: Callable[[str], list[str]] = pypinyin.lazy_pinyin
    return spell


def normal(text: str) -> str:
    """Return ``text`` as it is compared: half-width, lower case, Simplified Chinese."""
    return _simplifier()(unicodedata.normalize("NFKC", text).lower())


def stripped(text: str) -> str:
    """Return normalised ``text`` without the words everybody says; all of it when nothing else is left."""
    rest = _FILLER.sub(" ", text)
    return rest if _CJK.search(rest) or _LATIN.search(rest) else text


def grams(text: str) -> Counter[str]:
    """Return the characters, pairs and Latin words of normalised ``text``, counted."""
    found: Counter[str] = Counter()
    for run in _CJK.findall(text):
        found.update(run)
        found.update(run[index : index + 2] for index in range(len(run) - 1))
    found.update(_stem(word) for word in _LATIN.findall(text) if not _ENGLISH_FILLER.fullmatch(word))
    return found


def _stem(word: str) -> str:
    """Return an English word without its plural: enough for names of services."""
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A service as it is searched: its words taken apart. A compiled catalogue stores it."""

    id: str
    lift: float
    phrases: tuple[str, ...]
    """Names and everyday words from end to end."""
    counts: dict[str, float]
    """Characters, pairs and Latin words, each with its weight."""
    spelled: tuple[tuple[str, str], ...] | None = None
    """Pinyin of the Chinese phrases, in full and by initials; ``None``: spelled when the first query needs it."""


def entry(service: Words, *, spelled: bool = False) -> Entry:
    """Return the words of ``service`` taken apart.

    Args:
        service: Its words.
        spelled: Spell them in pinyin, too, so that no query has to.
    """
    phrases = _phrases(service)
    pinyin = _spelled(phrases) if spelled else None
    return Entry(id=service.id, lift=service.lift, phrases=phrases, counts=_weighed(service), spelled=pinyin)


class Index:
    """The services' words, ready to be searched. Taking them apart takes some milliseconds a hundred services."""

    def __init__(self, services: Sequence[Entry]) -> None:
        """Index ``services``."""
        self._services = services
        lengths = [sum(service.counts.values()) for service in services]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        self._norms = [_K1 * (1 - _B + _B * length / mean) for length in lengths]
        spread = Counter(gram for service in services for gram in service.counts)
        total = len(services)
        self._rarity = {gram: math.log(1 + (total - many + 0.5) / (many + 0.5)) for gram, many in spread.items()}
        self._pinyin: list[tuple[tuple[str, str], ...]] | None = None

    def search(self, query: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Return ids and scores of the best services, best first; none for a query that says nothing."""
        plain = normal(query)
        wanted = stripped(plain)
        terms = grams(wanted)
        core = "".join(_CJK.findall(wanted)) or " ".join(_LATIN.findall(wanted))
        scores = [self._score(place, terms) + self._phrase(place, core) for place in range(len(self._services))]
        letters = "".join(_LATIN.findall(plain))
        if letters and not _CJK.search(plain):
            spelled = [self._spelling(place, letters) for place in range(len(self._services))]
            scores = [score + more for score, more in zip(scores, spelled, strict=True)]
        scores = [score * service.lift for score, service in zip(scores, self._services, strict=True)]
        best = max(scores, default=0.0)
        ranked = sorted(range(len(scores)), key=lambda place: -scores[place])
        found = [place for place in ranked if scores[place] > 0 and scores[place] >= _WORST * best]
        return tuple((self._services[place].id, round(scores[place], 3)) for place in found[: max(0, limit)])

    def _score(self, place: int, terms: Counter[str]) -> float:
        count, norm = self._services[place].counts, self._norms[place]
        total = 0.0
        for term in terms:
            times = count.get(term, 0)
            if times:
                weight = _SINGLE if len(term) == 1 and not term.isascii() else _PAIR
                total += weight * self._rarity[term] * times * (_K1 + 1) / (times + norm)
        return total

    def _phrase(self, place: int, core: str) -> float:
        if len(core) < 2:
            return 0.0
        phrases = self._services[place].phrases
        if core in phrases:
            return _WHOLE
        return _INSIDE if any(core in phrase for phrase in phrases) else 0.0

    def _spelling(self, place: int, letters: str) -> float:
        if len(letters) < 2:
            return 0.0
        if self._pinyin is None:
            self._pinyin = [
                _spelled(service.phrases) if service.spelled is None else service.spelled for service in self._services
            ]
        return max((_fit(letters, full, initials) for full, initials in self._pinyin[place]), default=0.0)


def _fit(letters: str, full: str, initials: str) -> float:
    """Return how well typed letters fit one phrase as pinyin, in full or by initials."""
    if letters in (full, initials):
        return _WHOLE
    if full.startswith(letters) or initials.startswith(letters):
        return _WHOLE * (0.5 + 0.3 * len(letters) / len(full if full.startswith(letters) else initials))
    if letters in initials or (len(letters) > 3 and letters in full):
        return _INSIDE
    return 0.0


def _phrases(service: Words) -> tuple[str, ...]:
    found = {
        "".join(_CJK.findall(text)) or " ".join(_LATIN.findall(text))
        for text in map(normal, (*service.names, *service.everyday))
    }
    return tuple(sorted(found))


def _weighed(service: Words) -> dict[str, float]:
    found: dict[str, float] = {}
    for texts, weight in ((service.names, _NAME), (service.everyday, _EVERYDAY), (service.summary, _SUMMARY)):
        for gram in _distinct_grams(texts):
            found[gram] = found.get(gram, 0.0) + weight
    return found


def _distinct_grams(texts: Iterable[str]) -> set[str]:
    """Return the grams of ``texts``, each once: saying a word in two scripts does not make it twice as true."""
    return {gram for text in texts for gram in grams(stripped(normal(text)))}


def _spelled(phrases: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the pinyin of each Chinese phrase: in full, and its initials."""
    spell = _speller()
    found = []
    for phrase in phrases:
        syllables = spell(phrase) if _CJK.search(phrase) else ()
        if syllables:
            found.append(("".join(syllables), "".join(syllable[0] for syllable in syllables)))
    return tuple(found)
