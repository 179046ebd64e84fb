"""Clips: rendered once, found again, sealed; and what is said where there are some, or none."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.session.preferences import Pace
from kiosk.speech.clips import Clips, ClipsError, Workshop, decoded, encoded
from kiosk.speech.pcm import NoSound, Pcm, from_wav, joined, silence, to_wav
from kiosk.speech.rendering import Rendered, render_clips
from kiosk.speech.saying import Speech
from kiosk.speech.vocabulary import Own
from kiosk.speech.voices import VoiceSilent
from kiosk.words import Language

ZH, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN
USUAL = Pace.USUAL
OWNS = (
    Own(text="请放上身份证。听到提示音再拿走。", language=ZH, prompt=True),
    Own(text="還差 {n} 份材料", language=HANT, prompt=True),
    Own(text="还差 {n} 份材料", language=ZH, prompt=True),
    Own(text="Please wait.", language=EN, prompt=True),
)


class Tones:
    """A voice that hums: a tone for each letter, no program."""

    name = "tones 1"

    def __init__(self, rate_hz: int = 8000) -> None:
        self.rate_hz = rate_hz
        self.heard: list[str] = []
        self.deaf_to = ""

    def given(self, text: str, language: Language) -> str:
        return text.replace("還", "还")

    def render(self, text: str, language: Language, pace: Pace) -> Pcm:
        if self.deaf_to and self.deaf_to in text:
            raise VoiceSilent("deaf")
        self.heard.append(text)
        period = [8000, -8000] * (4 + sum(map(ord, text)) % 5)
        samples = b"".join(value.to_bytes(2, "little", signed=True) for value in period * len(text) * 4)
        return Pcm(rate_hz=self.rate_hz, samples=samples)

    def stop(self) -> None:
        """Nothing runs."""


def rendered(file: Path, voice: Tones, owns: tuple[Own, ...] = OWNS, most_mb: int = 50) -> Rendered:
    return render_clips(file, voice, owns, paces=(USUAL,), most_mb=most_mb)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rendered]:
    file = tmp_path_factory.mktemp("made") / "clips"
    return file, rendered(file, Tones())


@pytest.fixture
def file(made: tuple[Path, Rendered], tmp_path: Path) -> Path:
    """Return clips of ``OWNS``, to be spoilt."""
    return Path(shutil.copy(made[0], tmp_path / "clips"))


def test_what_was_rendered_is_found_by_its_words(made: tuple[Path, Rendered]) -> None:
    file, done = made
    clips = Clips(file)
    assert clips.voice == "tones 1"
    assert clips.find("请放上身份证。", ZH, USUAL) is not None
    assert clips.find("还差", ZH, USUAL) is not None
    assert clips.find("三", ZH, USUAL) is not None, "what numbers are joined from"
    assert clips.find("hundred", EN, USUAL) is not None
    assert clips.find("请放上身份证。", ZH, Pace.SLOW) is None
    assert clips.find("没有这一句", ZH, USUAL) is None
    assert (done.silent, done.full) == (0, False)
    assert done.sounds < done.clips, "both ways of writing Chinese are read alike"
    clips.close()


def test_rendering_again_renders_only_what_is_new(file: Path) -> None:
    again = Tones()
    done = rendered(file, again, (*OWNS, Own(text="新的一句", language=ZH, prompt=True)))
    assert again.heard == ["新的一句"]
    assert done.sounds == 1


@pytest.mark.usefixtures("few")
def test_another_voice_says_all_of_it_anew(tmp_path: Path) -> None:
    file = tmp_path / "clips"
    other = Tones()
    other.name = "tones 2"
    assert rendered(file, Tones()).sounds == rendered(file, other).sounds > 0


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Join no values: then little is to be rendered."""
    monkeypatch.setattr("kiosk.speech.in_chinese.ATOMS", ("一",))
    monkeypatch.setattr("kiosk.speech.in_english.ATOMS", ("one",))


@pytest.mark.usefixtures("few")
def test_what_the_voice_cannot_say_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "clips"
    voice = Tones()
    voice.deaf_to = "Please"
    assert rendered(file, voice).silent == 1
    assert Clips(file).find("Please wait.", EN, USUAL) is None


def test_the_file_stays_within_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.speech.rendering.encoded", lambda sound: bytes(100_000))
    done = rendered(tmp_path / "clips", Tones(), most_mb=1)
    assert done.full
    assert done.held_bytes <= 1_000_000


def spoil_a_sound(base: sqlite3.Connection) -> None:
    base.execute("UPDATE sounds SET ogg = zeroblob(40)")


def drop_a_clip(base: sqlite3.Connection) -> None:
    base.execute("DELETE FROM clips WHERE key = (SELECT min(key) FROM clips)")


def swap_a_clip(base: sqlite3.Connection) -> None:
    base.execute("UPDATE clips SET sound = (SELECT max(id) FROM digests)")


@pytest.mark.parametrize("change", [drop_a_clip, swap_a_clip])
def test_a_file_that_was_changed_is_not_played(change: Callable[[sqlite3.Connection], None], file: Path) -> None:
    with sqlite3.connect(file) as base:
        change(base)
    base.close()
    with pytest.raises(ClipsError, match="render the clips again"):
        Clips(file)


def test_a_sound_that_was_changed_is_not_played(file: Path) -> None:
    with sqlite3.connect(file) as base:
        spoil_a_sound(base)
    base.close()
    assert Clips(file).find("还差", ZH, USUAL) is None


@pytest.mark.parametrize("data", [b"", b"no clips at all", bytes(5000)])
def test_what_is_no_file_of_clips_is_none(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "clips"
    with pytest.raises(ClipsError):
        Clips(file)
    file.write_bytes(data)
    with pytest.raises(ClipsError):
        Clips(file)


def test_rendering_that_breaks_off_leaves_what_was_there(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(KeyboardInterrupt), Workshop(file, "tones 1", 50) as workshop:  # noqa: PT012  # in the middle
        workshop.add("a", encoded(silence(0.1, 8000)))
        raise KeyboardInterrupt
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir()] == ["clips"]


def test_a_sentence_is_a_clip_or_is_joined_from_clips_or_is_spoken_live(file: Path) -> None:
    live = Tones()
    speech = Speech([Clips(file)], live)
    whole, parts = speech.say("请放上身份证。还差 12 份材料", ZH, USUAL)
    assert live.heard == []
    assert whole.sound is not None
    assert parts.sound is not None
    (other,) = speech.say("您好，王小明", ZH, USUAL)
    assert other.sound is not None
    assert live.heard == ["您好，王小明"]
    (mixed,) = speech.say("王小明还差 12 份材料", ZH, USUAL)
    assert mixed.sound is not None
    assert live.heard[-1] == "王小明还差 十二份材料", "never half one voice, half another"


def test_without_clip_and_voice_there_is_a_caption_that_can_be_read() -> None:
    (said,) = Speech().say("请放上身份证", ZH, USUAL)
    assert (said.caption, said.sound) == ("请放上身份证", None)
    assert said.duration_s >= 1.5
    slow = next(Speech().say("请把身份证放在读卡器上，听到提示音再拿走", ZH, Pace.SLOW))
    quick = next(Speech().say("请把身份证放在读卡器上，听到提示音再拿走", ZH, Pace.QUICK))
    assert slow.duration_s > quick.duration_s


def test_a_voice_that_fails_leaves_a_caption(caplog: pytest.LogCaptureFixture) -> None:
    voice = Tones()
    voice.deaf_to = "王小明"
    speech = Speech(voice=voice)
    for _ in range(2):
        (said,) = speech.say("王小明", ZH, USUAL)
        assert said.sound is None
    assert len(caplog.records) == 1, "told once"
    assert "王小明" not in caplog.text


def test_sound_survives_the_file(tmp_path: Path) -> None:
    sound = Tones(22050).render("听得清", ZH, USUAL)
    again = decoded(encoded(sound))
    assert (again.rate_hz, len(again.samples)) == (sound.rate_hz, len(sound.samples))
    assert from_wav(to_wav(sound)) == sound


def test_sound_is_trimmed_and_joined() -> None:
    tone = Tones().render("a", EN, USUAL)
    padded = joined((silence(1, 8000), tone, silence(1, 8000)))
    assert padded.duration_s == pytest.approx(2 + tone.duration_s)
    assert padded.trimmed().duration_s <= tone.duration_s + 0.05
    assert silence(1, 8000).trimmed().samples == b""
    with pytest.raises(NoSound):
        joined((silence(1, 8000), silence(1, 16000)))
    with pytest.raises(NoSound):
        joined(())


@pytest.mark.parametrize("data", [b"", b"RIFF", b"RIFF\0\0\0\0WAVEfmt ", to_wav(silence(0.1, 8000))[:30]])
def test_what_is_no_wav_is_refused(data: bytes) -> None:
    with pytest.raises(NoSound):
        from_wav(data)
