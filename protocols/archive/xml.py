"""Writing XML for the archive."""

from __future__ import annotations

from xml.etree.ElementTree import Element, indent, tostring

from motions.texts import for_xml


def written(root: Element) -> bytes:
    """In UTF-8, an element a line, without what no XML may hold."""
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{for_xml(tostring(root, encoding="unicode"))}\n'.encode()
