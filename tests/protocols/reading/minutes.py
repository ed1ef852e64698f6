"""A made-up protocol in the layout of a large city.

Running heads, a vote with names, a list in an appendix.
"""

from __future__ import annotations

CITY = """§ 11 Ärendenummer SLK-2031-00101

Motion av Alva Norrgård (S), Bo von Sydvik (M) och
Cia ben Ek Lund (V) om att måla stadens bänkar gröna
Beslut

Enligt kommunstyrelsens förslag:
1. Den av Alva Norrgård, Bo von Sydvik och Cia ben Ek Lund väckta motionen
bifalles.
2. Parknämnden får i uppdrag att ta fram en färg. Färgen ska vara:
a) grön
b) tålig.

Tidigare behandling

Bordlagt den 4 mars 2031, § 7, den 8 april 2031,
§ 9 och återremitterat den 2 maj 2031, § 10.

Handlingar

2031 nr 12.
Yrkande från D den 1 mars 2031, reviderat
den 2 mars 2031.

Yrkanden

Alva Norrgård (S) och ordföranden Dag Öst (C) yrkar bifall till
kommunstyrelsens förslag.
Tjänstgörande ersättaren Ebba Väst-Holm (M) yrkar att Dag Öst (C) ska utses och avslag på motionen.
Vidare anmäler Alva Norrgård att yrkandet återtas.

Stad Exempel, protokoll

3 (9)

\fKommunfullmäktige

Propositionsordning

Protokoll nr 4
Sammanträdesdatum: 2031-06-03

Ordföranden ställer propositioner på yrkandena. Omröstning begärs.

Omröstning

Godkänd voteringsproposition: ”Ja för bifall till kommunstyrelsens förslag. Nej för
avslag.”
Omröstningen utfaller med 2 Ja mot 1 Nej. En ledamot avstår från att rösta. Hur var och
en röstar framgår av bilaga 2.

Jäv

Finn Mark (L) deltar inte i handläggningen av ärendet på grund av jäv.

Protokollsanteckningar

Representanterna från C, D och L antecknar som yttrande en skrivelse från den 2 juni 2031.
Gun Skog (MP) antecknar följande till protokollet: Jag röstade fel. Det var synd.
Hans Å (KD) deltar inte i handläggningen av ärendet på grund av jäv.

Reservationer

Ledamöterna från D och L reserverar sig mot beslutet till förmån för det egna
yrkandet.
Ebba Väst-Holm (M) reserverar sig mot beslutet enligt följande: Bänkar är bruna. Så har
det alltid varit.
Finn Mark (L) reserverar sig mot beslutet.

Justering

Protokollet under denna paragraf förklaras omedelbart justerat.

Protokollsutdrag skickas till
Parknämnden
Miljö- och bänknämnden – Återremiss

Stad Exempel, protokoll

4 (9)

\fKommunfullmäktige

Protokoll nr 4
Sammanträdesdatum: 2031-06-03

§ 12 Ärendenummer SLK-2031-00102
Anmälan av beslut att utse Ivar Sten (S) till ny ersättare
Länsstyrelsen har den 3 maj 2031 beslutat utse Ivar Sten (S) till ny ersättare i kommunfullmäktige.

Beslut

Ärendet bordläggs till sammanträdet den 1 juli 2031.

Stad Exempel, protokoll

5 (9)

\fKommunfullmäktige

Protokoll nr 4
Sammanträdesdatum: 2031-06-03
Bilaga 2

Ärende: 3
Ärendemening: Gröna bänkar
Antal Ja: 2

Antal Nej: 1

Antal Avstår: 1

Namn

Parti

Plats

Funktion

Resultat

Alva Norrgård

S

1 Ledamot

Ja

Bo von
Sydvik

M

2

Ersättare

Nej

Cia ben Ek Lund V

3

Ledamot

Ja

Dag Öst

C

4

Ordförande

Avstår
"""

COUNTY = """Regionstyrelsen
2031-05-06

§ 21**Motion 4-2031 om tysta korridorer**

Dnr 77-2031

Regionstyrelsens beslut

Regionstyrelsen föreslår regionfullmäktige besluta att motionen avslås.

Reservation

Kaj Lind (V) reserverar sig mot beslutet.

Yttrande till beslutsförslaget

Korridorerna är redan tysta.

Ärendets behandling under sammanträdet

Kaj Lind (V) föreslår bifalla motionen.

Beslutsgång

Ordföranden ställer förslagen mot varandra och finner att styrelsen bifaller det liggande förslaget.

Ärendet

Kaj Lind hänvisar till [bullerkartan](#) från 2029.

Nuvarande arbete med ljud

Regionen mäter ljudet i alla korridorer varje år, och har gjort det sedan länge.

Protokollsutdrag skickas till:

Divisionschef, division Ljud
"""

UNKNOWN = """Ekbacka kommun      SAMMANTRÄDESPROTOKOLL      Sida 1 (3)
Kommunstyrelsen      2031-03-12

Plats och tid      Sessionssalen, kl. 13.00
Beslutande         Anna Bergvall (S), ordförande
                   Jan Lund (V) ersätter Siv Äng (V)
Utses att justera  Anna Bergvall (S)

Innehåll
§ 31 Val av justerare ............ 2
§ 32 Svar på motion om cykelvägar ............ 3

Ekbacka kommun      SAMMANTRÄDESPROTOKOLL      Sida 2 (3)
Kommunstyrelsen      2031-03-12

§ 31 Val av justerare (KS/2031:8)

Beslut
Anna Bergvall (S) utses att justera protokollet.

Ekbacka kommun      SAMMANTRÄDESPROTOKOLL      Sida 3 (3)
Kommunstyrelsen      2031-03-12

§ 32
Svar på motion från Siv Äng (V) om säkra cykelvägar
Dnr KS/2031:117

Kommunstyrelsen föreslår kommunfullmäktige besluta

att bifalla motionens första att-sats,

att avslå motionen i övrigt.

Kloka tankar från förvaltningen

Förvaltningen har räknat på cykelvägarna och funnit att de kostar mer än de smakar.

Omröstningsresultat
Med 1 ja-röst mot 1 nej-röst beslutar kommunstyrelsen enligt ordförandens mening.
Följande röstar ja: Anna Bergvall (S).
Följande röstar nej: Jan Lund (V).

Reservation
Mot beslutet reserverar sig Jan Lund (V) till förmån för eget yrkande.

Beslutet skickas till
Kommunfullmäktige
"""

# A committee's cover, and a § that names somebody of it without a party.
FRONT = """Gatunämnden

Protokoll 2031-06-05

Beslutande
Åke Lund (S), ordförande
Ebba Väst-Holm (M)
Stig Ny (V) ersätter Siv Borta

Övriga närvarande
Rut Ek, förvaltningschef

Utses att justera
Ebba Väst-Holm (M)

"""
MATTER = """§ 1 Gatlyktor

Beslut
Gatunämnden antecknar informationen.

Reservation
Stig Ny reserverar sig mot beslutet.
"""

# An appendix: a run of cells, as they come out of a PDF.
ATTENDANCE = """Bilaga 1

Plats

Ledamot

Ersättare

Parti

Ankom

Utgick

1

Ek, Alva

S

8:43

21:08

2

von Sydvik,
Bo

Sol, Cia

M

8:44

12:00
"""
