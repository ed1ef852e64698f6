"""Minutes in other languages are refused, short ones too; short Swedish ones are not."""

from __future__ import annotations

import pytest

from protocols.reading.language import check_language
from protocols.reading.refusals import Reason, UnreadableError

GERMAN = """§ 2 Antrag auf Beleuchtung der Wanderwege
Der Gemeinderat beschließt, den Antrag abzulehnen. Frau Meier (SP) gibt zu Protokoll, dass sie dagegen ist."""
FINNISH = """§ 2 Valtuustoaloite retkeilyreittien valaisemisesta
Kunnanhallitus päättää hylätä aloitteen. Aino Virta (SDP) ja Eero Mäki (KOK) jättivät eriävän mielipiteen,
joka liitetään pöytäkirjaan. Puheenjohtaja toteaa päätöksen syntyneen."""
NORWEGIAN = """§ 2 Forslag om belysning av turveier
Kommunestyret vedtar å avvise forslaget, som ikke er finansiert. Kari Dal (Ap) og Ola Vik (H) fremmet et
forslag til protokoll."""
DANISH = """§ 2 Forslag om belysning af vandreruter
Byrådet beslutter at afvise forslaget, som ikke er finansieret. Karen Dal (A) og Ole Vig (V) stemte for."""
ENGLISH = """§ 2 Motion on lighting of the trails
The council resolves to reject the motion. Ms Smith (Lab) asked for her dissent to be recorded
in the minutes."""


@pytest.mark.parametrize("text", [GERMAN, FINNISH, NORWEGIAN, DANISH, ENGLISH])
@pytest.mark.parametrize("times", [1, 20])
def test_another_language_is_refused(text: str, times: int) -> None:
    with pytest.raises(UnreadableError) as refused:
        check_language("\n".join([text] * times))
    assert refused.value.reason is Reason.NOT_SWEDISH


SHORT = "§ 4 Anmälningar\nInga anmälningar förekom."
FEW_SMALL_WORDS = """§ 9 Övriga frågor
Ola Vik (S) och Kari Dal (M) frågar hur kommunen röjer snö utmed vandringslederna när det snöar mer än
vanligt. Frågan besvaras."""
WITH_A_QUOTATION = """§ 5 Nordiskt vänortsbesök
Kommunen tar emot gäster. Deras hälsning lyder: Vi ser fram til et godt møte og ikke minst turen.
Kommunstyrelsen beslutar att tacka och inte svara på frågan från gästerna."""
NAMES = f"""§ 1 Upprop
Vid uppropet är dessa ledamöter närvarande enligt listan, som förs av sekreteraren för att lämnas till
ordföranden:
{"Ola Vik (S), " * 90}"""


@pytest.mark.parametrize("text", [SHORT, FEW_SMALL_WORDS, WITH_A_QUOTATION, NAMES])
def test_swedish_is_read(text: str) -> None:
    check_language(text)
