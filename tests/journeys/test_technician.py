"""The diagnostics mode of a real terminal, walked through by touch; after it the next citizen begins."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.timeout(120)
def test_a_technician_comes_looks_tests_reports_and_leaves(tmp_path: Path) -> None:
    script = Path(__file__).with_name("technician.py")
    command = [sys.executable, "-P", str(script), "--out", str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr
    assert "qt: " not in done.stderr
    seen = json.loads((tmp_path / "seen.json").read_text(encoding="utf-8"))
    assert seen["early"] == []  # nothing of the mode is imported before somebody knocks
    for page, words in {
        "door": ("运维入口", "YJ-"),
        "overview": ("可以服务", "身份证阅读器"),
        "device": ("凭条打印机", "最近的错误"),
        "result": ("通过", "剩余空间", "次数太少，尚不能判断"),
        "report": ("可以服务", "签名公钥"),
        "audit": ("记录完整：从第一条起没有一条被改动过。", "进入  ·  凭运维卡"),
    }.items():
        assert set(words) <= set(seen[page]), (page, seen[page])
