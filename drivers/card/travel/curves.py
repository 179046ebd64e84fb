"""Arithmetic on the elliptic curves of PACE: its mapping makes a new base point, and no library at hand takes one.

Coordinates are Jacobian, so that one multiplication takes one inversion (about 10 ms at 256 bits). It does not take the
same time for every key; the keys live for one document and whoever could measure them holds the terminal.

Source: ICAO 9303 part 11 section 9.5.1 (table of standardised domain parameters); FIPS 186-4 appendix D.1.2 and
RFC 5639 section 3 for their values; SEC 1 section 2.3 (points as bytes).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_UNCOMPRESSED: Final = 4


class CurveError(ValueError):
    """Bytes that are no point of the curve, or the point that is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A point other than the one at infinity."""

    x: int
    y: int


_Jacobian = tuple[int, int, int]
_INFINITY: Final[_Jacobian] = (1, 1, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """y² = x³ + ax + b over the integers modulo p, with a base point of order n and cofactor 1."""

    p: int
    a: int
    b: int
    base: Point
    n: int

    @property
    def width_bytes(self) -> int:
        """Bytes of a coordinate."""
        return (self.p.bit_length() + 7) // 8

    def times(self, factor: int, point: Point) -> Point:
        """Return ``factor`` · ``point``.

        Raises:
            CurveError: that is the point at infinity.
        """
        result, doubled = _INFINITY, (point.x, point.y, 1)
        for bit in bin(factor % self.n)[2:]:
            result = self._double(result)
            if bit == "1":
                result = self._add(result, doubled)
        return self._affine(result)

    def plus(self, one: Point, other: Point) -> Point:
        """Return ``one`` + ``other``.

        Raises:
            CurveError: that is the point at infinity.
        """
        return self._affine(self._add((one.x, one.y, 1), (other.x, other.y, 1)))

    def encode(self, point: Point) -> bytes:
        """Return ``point`` uncompressed: 04, x, y."""
        width = self.width_bytes
        return bytes([_UNCOMPRESSED]) + point.x.to_bytes(width, "big") + point.y.to_bytes(width, "big")

    def decode(self, data: bytes) -> Point:
        """Return the point that ``data`` is.

        Raises:
            CurveError: it is none, or not on this curve.
        """
        width = self.width_bytes
        if len(data) != 1 + 2 * width or data[0] != _UNCOMPRESSED:
            raise CurveError(f"{len(data)} bytes are no uncompressed point")
        x, y = int.from_bytes(data[1 : 1 + width], "big"), int.from_bytes(data[1 + width :], "big")
        if x >= self.p or y >= self.p or (y * y - (x * x * x + self.a * x + self.b)) % self.p:
            raise CurveError("a point that is not on the curve")
        return Point(x=x, y=y)

    def _affine(self, point: _Jacobian) -> Point:
        x, y, z = point
        if z == 0:
            raise CurveError("the point at infinity")
        inverse = pow(z, -1, self.p)
        return Point(x=x * inverse**2 % self.p, y=y * inverse**3 % self.p)

    def _double(self, point: _Jacobian) -> _Jacobian:
        x, y, z = point
        p = self.p
        if z == 0 or y == 0:
            return _INFINITY
        square = y * y % p
        s = 4 * x * square % p
        m = (3 * x * x + self.a * pow(z, 4, p)) % p
        new_x = (m * m - 2 * s) % p
        return new_x, (m * (s - new_x) - 8 * square * square) % p, 2 * y * z % p

    def _add(self, one: _Jacobian, other: _Jacobian) -> _Jacobian:
        x1, y1, z1 = one
        x2, y2, z2 = other
        p = self.p
        if z1 == 0:
            return other
        if z2 == 0:
            return one
        square1, square2 = z1 * z1 % p, z2 * z2 % p
        u1, u2 = x1 * square2 % p, x2 * square1 % p
        s1, s2 = y1 * square2 * z2 % p, y2 * square1 * z1 % p
        if u1 == u2:
            return self._double(one) if s1 == s2 else _INFINITY
        h, r = (u2 - u1) % p, (s2 - s1) % p
        h2 = h * h % p
        h3 = h * h2 % p
        x = (r * r - h3 - 2 * u1 * h2) % p
        return x, (r * (u1 * h2 - x) - s1 * h3) % p, h * z1 * z2 % p


def _curve(p: str, a: str, b: str, x: str, y: str, n: str) -> Curve:
    numbers = [int(text.replace(" ", ""), 16) for text in (p, a, b, x, y, n)]
    return Curve(p=numbers[0], a=numbers[1], b=numbers[2], base=Point(x=numbers[3], y=numbers[4]), n=numbers[5])


STANDARD_CURVES: Final[dict[int, Curve]] = {
    12: _curve(  # NIST P-256
        "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
        "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFC",
        "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B",
        "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
        "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5",
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
    ),
    13: _curve(  # brainpoolP256r1
        "A9FB57DBA1EEA9BC3E660A909D838D726E3BF623D52620282013481D1F6E5377",
        "7D5A0975FC2C3057EEF67530417AFFE7FB8055C126DC5C6CE94A4B44F330B5D9",
        "26DC5C6CE94A4B44F330B5D9BBD77CBF958416295CF7E1CE6BCCDC18FF8C07B6",
        "8BD2AEB9CB7E57CB2C4B482FFC81B7AFB9DE27E1E3BD23C23A4453BD9ACE3262",
        "547EF835C3DAC4FD97F8461A14611DC9C27745132DED8E545C1D54C72F046997",
        "A9FB57DBA1EEA9BC3E660A909D838D718C397AA3B561A6F7901E0E82974856A7",
    ),
    15: _curve(  # NIST P-384
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFC",
        "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF",
        "AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7",
        "3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973",
    ),
    16: _curve(  # brainpoolP384r1
        "8CB91E82A3386D280F5D6F7E50E641DF152F7109ED5456B412B1DA197FB71123ACD3A729901D1A71874700133107EC53",
        "7BC382C63D8C150C3C72080ACE05AFA0C2BEA28E4FB22787139165EFBA91F90F8AA5814A503AD4EB04A8C7DD22CE2826",
        "04A8C7DD22CE28268B39B55416F0447C2FB77DE107DCD2A62E880EA53EEB62D57CB4390295DBC9943AB78696FA504C11",
        "1D1C64F068CF45FFA2A63A81B7C13F6B8847A3E77EF14FE3DB7FCAFE0CBD10E8E826E03436D646AAEF87B2E247D4AF1E",
        "8ABE1D7520F9C2A45CB1EB8E95CFD55262B70B29FEEC5864E19C054FF99129280E4646217791811142820341263C5315",
        "8CB91E82A3386D280F5D6F7E50E641DF152F7109ED5456B31F166E6CAC0425A7CF3AB6AF6B7FC3103B883202E9046565",
    ),
    18: _curve(  # NIST P-521
        "01FF" + "FF" * 64,
        "01FF" + "FF" * 63 + "FC",
        "0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF07"
        "3573DF883D2C34F1EF451FD46B503F00",
        "00C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3DBAA14B5E77EFE75928FE1DC127A2FFA8DE"
        "3348B3C1856A429BF97E7E31C2E5BD66",
        "011839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E662C97EE72995EF42640C550B9013FAD0761"
        "353C7086A272C24088BE94769FD16650",
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03"
        "BB5C9B8899C47AEBB6FB71E91386409",
    ),
}
"""By their number in the table of part 11 section 9.5.1: the prime curves of 256 bits and more that states issue with.

Left out are the curves of fewer bits, brainpoolP320r1 and P512r1, and the groups that are no curves.
"""
