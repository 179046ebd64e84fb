"""Voices, the lexicon and what everybody may hear: with the real voice, and with it as any command."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue import Catalogue, load
from kiosk.forms.model import NO_WORDS
from kiosk.session.preferences import Pace
from kiosk.settings.model import ASSETS, SpeechSettings, SpeechVoice
from kiosk.speech.installed import speech_of, voice_of
from kiosk.speech.pcm import from_wav
from kiosk.speech.pinyin import SYLLABLE, Lexicon, lexicon, spell
from kiosk.speech.sentences import LONGEST_WIDE, sentences, width
from kiosk.speech.vocabulary import Vocabulary, vocabulary
from kiosk.speech.voices import Command, VoiceSilent, VoiceStopped
from kiosk.words import Language, load_sentences

ZH, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN
spoken = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")

READINGS = {
    "银行": "yin2hang2",
    "行政复议": "xing2zheng4fu4yi4",
    "重新办理": "chong2xin1 ban4 li3",
    "重要": "zhong4yao4",
    "长辈版": "zhang3bei4ban3",
    "长期": "chang2qi1",
    "还款": "huan2kuan3",
    "还有": "hai2you3",
    "一件事": "yi2jian4shi4",
    "供给": "gong1ji3",
    "不要": "bu2 yao4",
    "读卡器": "du2ka3qi4",
    "參加調查": "can1jia1 diao4cha2",
}


@pytest.mark.parametrize(("written", "read"), READINGS.items())
def test_characters_with_several_readings_are_read_as_the_word_says(written: str, read: str) -> None:
    assert spell(written) == read


def test_what_is_not_chinese_stays() -> None:
    assert spell("按 OK 键 3 次") == "an4  OK  jian4  3  ci4"
    assert spell("plain") == "plain"


@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=12))
def test_any_characters_become_syllables(text: str) -> None:
    assert all(SYLLABLE.sub("", word) == "" for word in spell(text).split() if word.isascii())


@pytest.mark.parametrize(("word", "read"), [("银行", "yin2"), ("银", "yin"), ("银", "Yin2"), ("银", "")])
def test_a_lexicon_with_a_mistake_is_refused(word: str, read: str) -> None:
    with pytest.raises(ValueError, match="syllables"):
        Lexicon({word: read})


def test_the_lexicon_that_ships_is_right() -> None:
    assert lexicon() is not None


@spoken
@pytest.mark.parametrize("language", Language)
def test_the_voice_speaks_and_slower_takes_longer(language: Language) -> None:
    voice = voice_of(SpeechSettings())
    assert voice is not None
    assert voice.name.startswith("espeak-ng 1.")
    text = "Please put your card on the reader" if language is EN else "请把身份证放在读卡器上"
    slow, usual, quick = (voice.render(text, language, pace).trimmed().duration_s for pace in Pace)
    assert 0.5 < quick < usual < slow < 10


@spoken
def test_any_program_can_be_the_voice() -> None:
    command = ("espeak-ng", "-v", "en-gb", "--stdin", "--stdout")
    voice = voice_of(SpeechSettings(voice=SpeechVoice.COMMAND, command=command, name="mine", pinyin=True))
    assert isinstance(voice, Command)
    assert voice.name == "mine"
    assert voice.given("银行", ZH) == "yin2hang2"
    assert voice.render("hello", EN, Pace.USUAL).duration_s > 0.2


def test_language_and_pace_are_told_to_a_program(tmp_path: Path) -> None:
    told = tmp_path / "told"
    script = "import sys; open(sys.argv[1], 'w').write(' '.join(sys.argv[2:]) + sys.stdin.read())"
    voice = Command((sys.executable, "-c", script, str(told), "{language}", "{pace}"), "mine")
    with pytest.raises(VoiceSilent):
        voice.render(" words", HANT, Pace.SLOW)
    assert told.read_text() == "zh-Hant slow words"


@pytest.mark.parametrize("command", [("/no/such/program",), ("false",), ("echo", "no sound")])
def test_a_program_that_gives_no_sound_is_silent_and_its_words_are_not_told(command: tuple[str, ...]) -> None:
    with pytest.raises(VoiceSilent) as caught:
        Command(command, "mine").render("王小明", ZH, Pace.USUAL)
    assert "王小明" not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_a_program_that_hangs_is_stopped_from_another_thread() -> None:
    voice = Command(("sleep", "600"), "mine")
    ended: list[str] = []

    def render() -> None:
        try:
            voice.render("x", EN, Pace.USUAL)
        except VoiceStopped as error:
            ended.append(type(error).__name__)

    thread = threading.Thread(target=render)
    thread.start()
    while thread.is_alive():
        voice.stop()
        thread.join(0.01)
    assert ended == ["VoiceStopped"]


def test_a_machine_without_a_voice_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert voice_of(SpeechSettings()) is None
    assert voice_of(SpeechSettings(voice=SpeechVoice.NONE)) is None
    assert voice_of(SpeechSettings(voice=SpeechVoice.COMMAND, command=("mine",))) is None


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ASSETS / "catalogue")


@pytest.fixture(scope="module")
def words(catalogue: Catalogue) -> Vocabulary:
    return Vocabulary(vocabulary(catalogue, load_sentences(ASSETS / "i18n" / "sentences.yaml")))


def test_every_question_of_the_catalogue_may_be_asked_aloud(catalogue: Catalogue, words: Vocabulary) -> None:
    elements = [each for each in catalogue.elements.values() if each.question not in (each.title, NO_WORDS)]
    asked = [element.question.in_(language) for element in elements for language in Language]
    assert len(asked) > 1000
    assert [text for text in asked if not words.public(text, identified=True)] == []


def test_no_answer_and_no_value_may_be_said_aloud(catalogue: Catalogue, words: Vocabulary) -> None:
    choices = [choice.title for element in catalogue.elements.values() for choice in element.choices]
    names = [each.name for part in (catalogue.items, catalogue.licences) for each in part.values()]
    examples = [element.example for element in catalogue.elements.values()]
    values = [text.in_(language) for text in (*choices, *names) for language in Language]
    values += [str(value) for value in examples if isinstance(value, str)]
    values += ["是", "否", "Yes", "No", "3月", "1990年", "王小明", "张*", "138****8024", "", "，"]
    assert [value for value in values if words.public(value, identified=True)] == []


@given(st.text(max_size=40))
def test_what_anybody_may_type_is_private(words: Vocabulary, text: str) -> None:
    assert not words.public(f"王{text}", identified=True)


@given(st.text(max_size=300))
def test_captions_fit_and_leave_nothing_out(text: str) -> None:
    pieces = sentences(text)
    assert all(width(piece) <= LONGEST_WIDE for piece in pieces)

    def letters(said: str) -> list[str]:
        return [letter for letter in said if letter.isalnum()]

    assert letters("".join(pieces)) == letters(text)


@spoken
def test_the_command_says_how_it_reads_and_speaks(tmp_path: Path) -> None:
    file = tmp_path / "said.wav"
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "speech", "say", "请拨打 12345", "--to", str(file)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "请拨打幺二三四五\n"
    assert from_wav(file.read_bytes()).duration_s > 1


def test_clips_that_are_damaged_are_told_of_and_not_used(
    catalogue: Catalogue, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "clips"
    file.write_bytes(bytes(100))
    speech = speech_of(SpeechSettings(voice=SpeechVoice.NONE, clips=file), catalogue, {})
    assert not speech.audible
    assert "render the clips again" in caplog.text
