"""A digital signature on a PDF whose appearance is a seal: PAdES baseline B-B.

Apart, because pyHanko takes most of a second to be imported: only who seals pays for it.

Source: ETSI EN 319 142-1 §6 (B-B), ISO 32000-2 §12.8.
"""

from __future__ import annotations

from io import BytesIO

from pyhanko.keys.pemder import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kiosk.backend.licences.authority import SealKey

Box = tuple[int, int, int, int]
"""Left, bottom, right, top in points from the lower left corner."""


_WHOLE = SimpleBoxLayoutRule(x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins())


class _Drawing(PdfContent):
    """The first page of a PDF, as the appearance of a signature."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._content = content

    def render(self) -> bytes:
        """Bring the page into the file that is signed, and return the operator that draws it."""
        drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._content)))
        self.resources.xobject["/Seal"] = drawn
        left, bottom, right, top = drawn.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Seal Do"


def signed(page: bytes, key: SealKey, name: str, seal: bytes, box: Box) -> bytes:
    """Return ``page`` with a certifying signature: no later change is allowed.

    Args:
        page: A PDF.
        key: Signs.
        name: Who seals, for readers to show.
        seal: A PDF whose first page is the appearance of the signature.
        box: Where it appears on the last page.
    """
    metadata = PdfSignatureMetadata(
        field_name="Seal", name=name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True
    )
    own, authority = load_certs_from_pemder_data(key.certificate + key.authority)
    store = SimpleCertificateStore.from_certs([authority])  # type: ignore[no-untyped-call] # pyHanko does not say
    signer = SimpleSigner(
        signing_cert=own, signing_key=load_private_key_from_pemder_data(key.key, None), cert_registry=store
    )
    sealing = PdfSigner(
        metadata,
        signer,
        stamp_style=StaticStampStyle(background=_Drawing(seal), background_layout=_WHOLE, border_width=0),
        new_field_spec=SigFieldSpec("Seal", on_page=-1, box=box),
    )
    sealed = BytesIO()
    sealing.sign_pdf(IncrementalPdfFileWriter(BytesIO(page)), output=sealed)
    return sealed.getvalue()
