"""Adding to a paper without touching what is there, so that what it says of itself stays true."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings

#: PDF/A wants a field printed, PDF/UA wants it tagged or outside the page: it lies outside.
OUTSIDE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


class PaperWriter(IncrementalPdfFileWriter):
    """Adds to a paper and leaves what it says of itself: pyHanko would write the claims of PDF/A anew."""

    def _update_meta(self) -> None:
        """Nothing is new but the signature."""

    def let_tags_lead(self) -> None:
        """Let what lies on the first page be met in the order of the tags (ISO 14289-1, 7.18.3)."""
        found = self.find_page_for_modification(0)
        page: Any = found[0].get_object()
        if "/Tabs" not in page:
            page["/Tabs"] = NameObject("/S")
            self.update_container(page)
