"""Minutes of made-up bodies in layouts of their own, as web pages for the press."""

from __future__ import annotations

from weasyprint import HTML

PROSE = (
    "Kommunen har undersökt hur gatubelysningen används under vinterhalvåret och funnit att energiförbrukningen "
    "minskar när armaturerna byts ut. Trafiksäkerhetsutredningen visar att barn och äldre rör sig mindre utomhus där "
    "belysningen är bristfällig, och samhällsbyggnadsförvaltningen föreslår därför en genomförandeplan. "
)
NAMES = (
    "Alrik Tornblad", "Beda Ljungvall", "Cornelis Hägerås", "Disa Ronneskär", "Evald Skönberga", "Frideborg Ulvsund",
    "Göran Kvistmark", "Hillevi Åsgrund", "Iwar Öskalla", "Jorunn Mårdsele", "Klas Vinterbäck", "Lova Ekåker",
)  # fmt: skip
PARTIES = ("S", "M", "C", "V", "SD", "KD")
MEMBERS = tuple((name, PARTIES[index % len(PARTIES)]) for index, name in enumerate(NAMES))
LABELLED = [f"{name} ({party})" for name, party in MEMBERS]


def press(css: str, body: str) -> bytes:
    """A PDF of it, hyphenated as Swedish is."""
    page = f'<html lang="sv"><head><style>{css}</style></head><body>{body}</body></html>'
    pdf: bytes = HTML(string=page).write_pdf()
    return pdf


def city() -> bytes:
    """Running heads on both sides, names in two columns, justified and hyphenated text, a vote with names."""
    css = """
      @page { size: A4; margin: 28mm 30mm; font: 9pt serif;
        @top-left { content: "Aspviks kommun" } @top-right { content: counter(page) " (" counter(pages) ")" }
        @top-center { content: "Protokoll nr 6" } @bottom-center { content: "Kommunstyrelsens protokoll 2031-04-16" } }
      body { font: 11pt/1.35 serif; text-align: justify; hyphens: auto; orphans: 2; widows: 2 }
      h1 { font-size: 17pt; text-align: left } h2 { font-size: 13pt; text-align: left; break-before: page }
      h3 { font-size: 11pt; margin: 1em 0 0 } p { margin: 0 0 .7em } .names { columns: 2 } .names p { margin: 0 }
    """
    yes, no = (
        ", ".join(LABELLED[:6]) + f" och {LABELLED[6]}",
        ", ".join(LABELLED[7:11]) + f" och {LABELLED[11]}",
    )
    body = f"""
      <h1>Kommunstyrelsen</h1><p>Sammanträdesdatum: 2031-04-16</p><p>Plats: Kommunhuset, sal Aspen</p>
      <h3>Beslutande</h3><div class="names">{"".join(f"<p>{one}</p>" for one in LABELLED)}</div>
      <h3>Justerare</h3><p>{LABELLED[3]}</p>
      <h2>§ 112 Ärendenummer KS-2030-00418<br>Motion av {LABELLED[4]} om ny belysning längs Kvarnstigen</h2>
      <h3>Beslut</h3><p>Enligt kommunstyrelsens presidiums förslag:</p><p>Motionen avslås.</p>
      <h3>Tidigare behandling</h3><p>Bordlagt den 19 mars 2031, § 98.</p>
      <h3>Handlingar</h3><p>Samhällsbyggnadsförvaltningens tjänsteutlåtande den 3 februari 2031.</p>
      <h3>Ärendet</h3>{f"<p>{PROSE * 3}</p>" * 5}
      <h3>Yrkanden</h3><p>{LABELLED[4]} yrkar bifall till motionen.</p><p>{LABELLED[0]} yrkar avslag på motionen.</p>
      <h3>Omröstning</h3><p>Omröstning begärs. Godkänd voteringsproposition: ”Ja för avslag på motionen och Nej för bifall
      till motionen.”</p><p>{yes} röstar Ja (7).</p><p>{no} röstar Nej (5).</p>
      <h3>Reservation</h3><p>{LABELLED[4]} reserverar sig mot beslutet enligt följande:</p>
      <p>Belysningen hade gjort Kvarnstigen trygg för skolbarnen under den mörka årstiden.</p>
      <h3>Protokollsutdrag skickas till</h3><p>Samhällsbyggnadsnämnden</p>
      <h2>§ 113 Ärendenummer KS-2031-00020<br>Årsredovisning för Aspviks hamn</h2>
      <h3>Beslut</h3><p>Kommunstyrelsen antecknar informationen.</p><h3>Ärendet</h3>{f"<p>{PROSE * 3}</p>" * 4}
    """
    return press(css, body)


def county() -> bytes:
    """A table of attendance with two names a row, sign-off boxes at the foot, numbered clauses, bold heads."""
    css = """
      @page { size: A4; margin: 30mm 25mm; font: 8pt sans-serif;
        @top-left { content: "REGION FJÄLLMARK\\A Regionfullmäktige"; white-space: pre }
        @top-right { content: "SAMMANTRÄDESPROTOKOLL\\A 2032-11-18\\A Sida " counter(page); white-space: pre }
        @bottom-left { content: "Ordförandens sign" } @bottom-right { content: "Utdragsbestyrkande" } }
      body { font: 10pt/1.4 sans-serif; hyphens: auto } h1 { font-size: 14pt; break-before: page }
      h2 { font-size: 10pt; margin: 1.2em 0 .2em } p { margin: 0 0 .5em } table { width: 100% }
    """
    pairs = zip(LABELLED[::2], LABELLED[1::2], strict=True)
    rows = "".join(f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in pairs)
    body = f"""
      <p>Plats och tid: Landshuset i Fjällmark, klockan 10.00–15.30</p><p>Beslutande:</p><table>{rows}</table>
      <p>Justerare: {LABELLED[7]}</p>
      <h1>§ 61 Motion 14-2031 om laddplatser vid hälsocentralerna</h1><p>Dnr 2207-2031</p>
      <h2>Regionfullmäktiges beslut</h2><ol><li>Motionens första att-sats bifalls.</li>
      <li>Motionens andra att-sats avslås.</li></ol>
      <h2>Reservation</h2><p>Ledamöterna från M och KD reserverar sig mot beslutet.</p>
      <h2>Ärendet</h2>{f"<p>{PROSE * 2}</p>" * 7}
      <h2>Tidigare behandling</h2><p>Regionstyrelsen 2032-10-07, § 188</p>
      <h2>Yrkanden</h2><p>{LABELLED[2]} och {LABELLED[8]} yrkar bifall till regionstyrelsens förslag.</p>
      <p>{LABELLED[1]} yrkar avslag på motionen.</p>
      <h2>Omröstning</h2><p>Omröstningen utfaller med 29 ja-röster och 18 nej-röster. 2 ledamöter avstår.</p>
      <h2>Protokollsutdrag skickas till</h2><ul><li>Regiondirektören</li><li>Fastighetschefen</li></ul>
      <h1>§ 62 Entledigande från uppdrag</h1><p>Dnr 2310-2032</p>
      <h2>Regionfullmäktiges beslut</h2><p>{NAMES[5]} entledigas från sitt uppdrag.</p>
      <h2>Ärendet</h2>{f"<p>{PROSE * 2}</p>" * 6}
    """
    return press(css, body)


def village() -> bytes:
    """Headings in a column beside their text, names in three columns, a § sign alone on its line."""
    css = """
      @page { size: A4; margin: 25mm 20mm 30mm; font: 8pt serif;
        @top-left { content: "Lerums socken, byggnadsnämnden" } @top-right { content: "2033-02-08" }
        @bottom-left { content: "Justerarsignatur" } @bottom-right { content: "Sid " counter(page) } }
      body { font: 10.5pt/1.3 serif; hyphens: auto } .names { columns: 3; font-size: 9pt } .names p { margin: 0 }
      h1 { font-size: 12pt; margin: 0 } article { break-before: page } table { width: 100%; border-spacing: 0 8pt }
      th { width: 34mm; text-align: left; vertical-align: top } td p { margin: 0 0 .6em } td { vertical-align: top }
    """

    def rows(**sections: str) -> str:
        return "".join(
            f"<tr><th>{head.replace('_', ' ')}</th><td>{text}</td></tr>" for head, text in sections.items()
        )

    first = rows(
        Beslut="<p>Byggnadsnämnden beslutar</p><p>att återremittera ärendet för ny kostnadsberäkning.</p>",
        Bakgrund=f"<p>{PROSE * 3}</p>" * 4,
        Yrkanden=f"<p>{LABELLED[6]} yrkar återremiss.</p><p>{LABELLED[9]} yrkar bifall till förvaltningens förslag.</p>",
        Jäv=f"<p>{LABELLED[10]} anmäler jäv och deltar inte i handläggningen.</p>",
        Skickas_till="<p>Bygglovsenheten</p>",
    )
    second = rows(
        Beslut="<p>Byggnadsnämnden avslår ansökan.</p>",
        Bakgrund=f"<p>{PROSE * 3}</p>" * 4,
        Reservation=f"<p>{LABELLED[6]} reserverar sig mot beslutet.</p>",
    )
    body = f"""
      <h1>Byggnadsnämnden</h1><p>Plats: Sockenstugan</p><p>Ledamöter</p>
      <div class="names">{"".join(f"<p>{one}</p>" for one in LABELLED)}</div><p>Utses att justera: {LABELLED[1]}</p>
      <article><h1>§ 7</h1><p>Dnr BN-2032-77</p><h1>Tillbyggnad av bystugan på Lerum 3:12</h1><table>{first}</table></article>
      <article><h1>§ 8</h1><p>Dnr BN-2033-5</p><h1>Ansökan om skylt vid torget</h1><table>{second}</table></article>
    """
    return press(css, body)
