"""How a material is obtained, in plain words: the same on the guide, the list of materials and the review."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kiosk.catalogue.model import MaterialNeed, Obtained

translate = QCoreApplication.translate


def way_to_obtain(need: MaterialNeed) -> tuple[str, bool]:
    """Return what is said of a material before anything is known, and whether the citizen must bring it."""
    obtained = need.material.obtained
    if Obtained.GENERATED in obtained:
        return translate("Ways", "由机器替您写好"), False
    if Obtained.LICENCE in obtained:
        return translate("Ways", "查到证照就不用带"), False
    if Obtained.REGISTER in obtained:
        return translate("Ways", "联网核对，不用带"), False
    if Obtained.COMMITMENT in obtained:
        return translate("Ways", "写个承诺就行，不用带"), False
    if need.deferrable:
        return translate("Ways", "现场拍照，可以后补"), True
    return translate("Ways", "现场拍照，请带原件"), True


def way_named(obtained: Obtained) -> str:
    """Return how a material was obtained."""
    match obtained:
        case Obtained.GENERATED:
            return translate("Ways", "已替您写好")
        case Obtained.LICENCE:
            return translate("Ways", "查到证照了")
        case Obtained.REGISTER:
            return translate("Ways", "已联网核对")
        case Obtained.COMMITMENT:
            return translate("Ways", "已承诺")
        case Obtained.SCAN:
            return translate("Ways", "已拍照")
