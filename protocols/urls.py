"""The addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from protocols.views import (
    agenda,
    assignments,
    attendance,
    bundles,
    calendars,
    dispatch,
    imported,
    live,
    live_acts,
    live_order,
    meetings,
    notices,
    proposals,
    read_names,
    roll_call,
    summons,
    texts,
)
from protocols.views.certifying import certified_copy, certify
from protocols.views.check import check, check_code
from protocols.views.comments import comment_answer, comments
from protocols.views.corrections import correct, corrected_extract
from protocols.views.extract import extract
from protocols.views.headings import headings, headings_sample
from protocols.views.letterhead import letterhead, letterhead_logo, letterhead_sample
from protocols.views.minutes import minutes
from protocols.views.my_meeting import my_meeting
from protocols.views.news import meeting_news
from protocols.views.paragraph import paragraph
from protocols.views.paragraph_data import extract_json, extract_xml
from protocols.views.reservations import note, reservation, reserve, take_note_back, withdraw
from protocols.views.screen import screen
from protocols.views.signing import sign, signed_original, signing
from protocols.views.verification import verify
from protocols.views.votes import vote, vote_order, vote_order_back
from protocols.views.withdrawals import withdraw_paper

app_name = "protocols"
urlpatterns: list[URLPattern | URLResolver] = [
    # Sammanträden
    path("sammantraden/", meetings.meetings, name="meetings"),
    path("sammantraden/nytt/", meetings.plan, name="plan"),
    path("sammantraden/nytt/kallelse/", meetings.summons, name="summons"),
    path("sammantraden/<int:pk>/andra/", meetings.change, name="change"),
    path("sammantraden/<int:pk>/stall-in/", meetings.cancel, name="cancel"),
    path("sammantraden/<int:pk>/stall-in/<int:letter>/", meetings.cancelled_again, name="cancelled_again"),
    path("sammantraden/<int:pk>/oppna/", meetings.meeting_open, name="meeting_open"),
    path("sammantraden/<int:pk>/avsluta/", meetings.meeting_close, name="meeting_close"),
    # Dagordning
    path("sammantraden/<int:pk>/", agenda.meeting, name="meeting"),
    path("sammantraden/<int:pk>/motioner/", agenda.agenda_motions, name="agenda_motions"),
    path("sammantraden/<int:pk>/arende/", agenda.agenda_matter, name="agenda_matter"),
    path("sammantraden/<int:pk>/block/<str:name>/", agenda.agenda_block, name="agenda_block"),
    path("sammantraden/<int:pk>/bordlagda/", agenda.agenda_tabled, name="agenda_tabled"),
    path("sammantraden/<int:pk>/installda/", agenda.agenda_stranded, name="agenda_stranded"),
    path("sammantraden/<int:pk>/rubriker/", agenda.agenda_headings, name="agenda_headings"),
    path("sammantraden/<int:pk>/ordna/", agenda.agenda_order, name="agenda_order"),
    path("paragrafer/<int:pk>/ta-bort/", agenda.agenda_remove, name="agenda_remove"),
    # Kallelse
    path("sammantraden/<int:pk>/kallelse/", summons.summons, name="meeting_summons"),
    path("sammantraden/<int:pk>/kallelse/utkast.pdf", summons.summons_draft, name="summons_draft"),
    path("sammantraden/<int:pk>/kallelse/utfarda/", summons.summons_issue, name="summons_issue"),
    path("sammantraden/<int:pk>/kallelse/<int:number>.pdf", summons.summons_file, name="summons_file"),
    path("sammantraden/<int:pk>/kallelse/<int:number>/skicka/", summons.summons_send, name="summons_send"),
    path(
        "sammantraden/<int:pk>/kallelse/brev/<int:letter>/igen/",
        summons.summons_send_again,
        name="summons_send_again",
    ),
    # Kalender
    path("sammantraden/<int:pk>/kalender.ics", calendars.meeting_calendar, name="meeting_calendar"),
    path("konto/kalender/", calendars.my_calendar, name="my_calendar"),
    path("konto/kalender/av/", calendars.my_calendar_off, name="my_calendar_off"),
    path("kalender/<str:secret>.ics", calendars.feed, name="feed"),
    # Närvaro
    path("sammantraden/<int:pk>/narvaro/", attendance.attendance, name="attendance"),
    path("sammantraden/<int:pk>/narvaro/har/", attendance.attendance_present, name="attendance_present"),
    path("sammantraden/<int:pk>/narvaro/ersatt/", attendance.attendance_serve, name="attendance_serve"),
    path("sammantraden/<int:pk>/narvaro/fyll/", attendance.attendance_fill, name="attendance_fill"),
    path("sammantraden/<int:pk>/narvaro/gang/", attendance.attendance_move, name="attendance_move"),
    path(
        "sammantraden/<int:pk>/narvaro/gang/<int:move>/ta-tillbaka/",
        attendance.attendance_take_back,
        name="attendance_take_back",
    ),
    path("sammantraden/<int:pk>/narvaro/upprop/", roll_call.roll_call, name="roll_call"),
    path("sammantraden/<int:pk>/narvaro/uppdrag/", attendance.attendance_offices, name="attendance_offices"),
    path("sammantraden/<int:pk>/narvaro/ovriga/", attendance.attendance_other, name="attendance_other"),
    path(
        "sammantraden/<int:pk>/narvaro/ovriga/<int:other>/ta-bort/",
        attendance.attendance_other_remove,
        name="attendance_other_remove",
    ),
    # Live
    path("paragrafer/<int:pk>/live/", live.live, name="live"),
    path("paragrafer/<int:pk>/live/nytt/", live.live_reservations, name="live_reservations"),
    path("paragrafer/<int:pk>/ta-upp/", live.take_up, name="take_up"),
    path("paragrafer/<int:pk>/live/yrka/", live_acts.propose, name="live_propose"),
    path("paragrafer/<int:pk>/live/yrkande/<int:proposal>/aterta/", live_acts.withdraw, name="live_withdraw"),
    path("paragrafer/<int:pk>/live/yrkande/<int:proposal>/ta-bort/", live_acts.remove, name="live_remove"),
    path("paragrafer/<int:pk>/live/yrkande/<int:proposal>/ratta/", proposals.correct, name="live_correct"),
    path("paragrafer/<int:pk>/live/finn/", live_acts.find, name="live_find"),
    path("paragrafer/<int:pk>/live/angra/", live_acts.undo, name="live_undo"),
    path("paragrafer/<int:pk>/live/beslut/", live_acts.refine, name="live_refine"),
    path("paragrafer/<int:pk>/live/uppdrag/", live_acts.assign, name="live_assign"),
    path("paragrafer/<int:pk>/live/uppdrag/<int:row>/ta-bort/", live_acts.unassign, name="live_unassign"),
    path("paragrafer/<int:pk>/live/ordforande/", live_acts.chair, name="live_chair"),
    path("paragrafer/<int:pk>/live/omedelbart/", live_acts.immediate, name="live_immediate"),
    path("paragrafer/<int:pk>/live/deltar-inte/", live_acts.stay_out, name="live_stay_out"),
    path(
        "paragrafer/<int:pk>/live/deltar-inte/<int:row>/ta-bort/",
        live_acts.take_part,
        name="live_take_part",
    ),
    path(
        "paragrafer/<int:pk>/live/deltar-inte/<int:row>/ersattare/",
        live_acts.substitute,
        name="live_substitute",
    ),
    path("paragrafer/<int:pk>/live/reservera/", live_acts.reserve_aloud, name="live_reserve"),
    path(
        "paragrafer/<int:pk>/live/reservation/<int:row>/ta-bort/",
        live_acts.remove_reservation,
        name="live_remove_reservation",
    ),
    path("paragrafer/<int:pk>/live/anteckna/", live_acts.note_aloud, name="live_note"),
    path(
        "paragrafer/<int:pk>/live/anteckning/<int:row>/ta-bort/",
        live_acts.remove_spoken_note,
        name="live_remove_note",
    ),
    # Nyheter och storbild
    path("sammantraden/<int:pk>/nyheter/", meeting_news, name="meeting_news"),
    path("sammantraden/<int:pk>/storbild/", screen, name="screen"),
    # Omröstning
    path("paragrafer/<int:pk>/omrostning/<int:question>/", vote, name="vote"),
    path("paragrafer/<int:pk>/omrostning/<int:question>/ordning/", vote_order, name="vote_order"),
    path("paragrafer/<int:pk>/live/ordning/tillbaka/", vote_order_back, name="vote_order_back"),
    path("paragrafer/<int:pk>/live/sats-for-sats/", live_order.part, name="live_part"),
    path("paragrafer/<int:pk>/live/aterremiss/", live_order.join, name="live_join"),
    path("paragrafer/<int:pk>/live/i-en-fraga/", live_order.as_one, name="live_as_one"),
    # Justering
    path("sammantraden/<int:pk>/justera/", verify, name="verify"),
    # Anslagstavla
    path("anslagstavla/", notices.board, name="notice_board"),
    path("sammantraden/<int:pk>/anslagsbevis/", notices.proof, name="notice_proof"),
    path("anslag/<int:pk>/intyga/", notices.certify, name="notice_certify"),
    # Expediering
    path("sammantraden/<int:pk>/expediering/", dispatch.dispatch, name="dispatch"),
    path("sammantraden/<int:pk>/expediering/skicka/", dispatch.dispatch_send, name="dispatch_send"),
    path(
        "sammantraden/<int:pk>/expediering/adresser/", dispatch.dispatch_addresses, name="dispatch_addresses"
    ),
    path("brev/<int:pk>/skicka-igen/", dispatch.dispatch_again, name="dispatch_again"),
    path("mottagare/<int:pk>/papper/", dispatch.dispatch_paper, name="dispatch_paper"),
    path("paragrafer/<int:pk>/inga-mottagare/", dispatch.dispatch_nobody, name="dispatch_nobody"),
    # Alla utdrag
    path("sammantraden/<int:pk>/utdrag/", bundles.meeting_bundles, name="meeting_bundles"),
    path(
        "sammantraden/<int:pk>/utdrag/<str:kind>/gor/",
        bundles.meeting_bundle_make,
        name="meeting_bundle_make",
    ),
    path("sammantraden/<int:pk>/utdrag.<str:kind>", bundles.meeting_bundle, name="meeting_bundle"),
    path("utdrag/<int:body>/<int:year>/", bundles.year_bundles, name="year_bundles"),
    path("utdrag/<int:body>/<int:year>/<str:kind>/gor/", bundles.year_bundle_make, name="year_bundle_make"),
    path("utdrag/<int:body>/<int:year>/utdrag.<str:kind>", bundles.year_bundle, name="year_bundle"),
    # Kommentarer
    path("paragrafer/<int:pk>/kommentarer/", comments, name="comments"),
    path("kommentarer/<int:pk>/svar/", comment_answer, name="comment_answer"),
    # Uppdrag
    path("uppdrag/", assignments.register, name="assignments"),
    path("uppdrag/<int:pk>/", assignments.assignment, name="assignment"),
    path("uppdrag/<int:pk>/folj-upp/", assignments.report, name="assignment_report"),
    # Protokoll
    path("sammantraden/<int:pk>/protokoll.pdf", minutes, name="minutes"),
    path("sammantraden/<int:pk>/original.pdf", signed_original, name="signed_original"),
    path("sammantraden/<int:pk>/underskrift/", signing, name="signing"),
    path("sammantraden/<int:pk>/underteckna/", sign, name="sign"),
    # Kontroll av utdrag
    path("verifiera/", check, name="check"),
    path("verifiera/<str:code>/", check_code, name="check_code"),
    # Mitt sammanträde
    path("mitt-sammantrade/", my_meeting, name="my_meeting"),
    path("paragrafer/<int:pk>/reservera/", reserve, name="reserve"),
    path("paragrafer/<int:pk>/reservera/angra/", withdraw, name="withdraw"),
    path("paragrafer/<int:pk>/anteckning/", note, name="note"),
    path("paragrafer/<int:pk>/anteckning/angra/", take_note_back, name="take_note_back"),
    path("reservationer/<int:pk>/", reservation, name="reservation"),
    # Paragrafer
    path("paragrafer/<int:pk>/", paragraph, name="paragraph"),
    path("paragrafer/<int:pk>/ratta/", correct, name="correct"),
    path("paragrafer/<int:pk>/bestyrk/", certify, name="certify"),
    path("bestyrkta/<int:pk>/protokollsutdrag.pdf", certified_copy, name="certified_copy"),
    path("paragrafer/<int:pk>/aterkalla/", withdraw_paper, name="withdraw_paper"),
    path("rattelser/<int:pk>/protokollsutdrag.pdf", corrected_extract, name="corrected_extract"),
    path("paragrafer/<int:pk>/protokollsutdrag.pdf", extract, name="extract"),
    path("paragrafer/<int:pk>/protokollsutdrag.json", extract_json, name="extract_json"),
    path("paragrafer/<int:pk>/protokollsutdrag.xml", extract_xml, name="extract_xml"),
    # Texter
    path("motioner/<int:pk>/utkast/", texts.draft_sheet, name="draft_sheet"),
    path("paragrafer/<int:pk>/texter/", texts.texts, name="texts"),
    path("paragrafer/<int:pk>/texter/rubrik/", texts.texts_title, name="texts_title"),
    path("paragrafer/<int:pk>/texter/rader/<str:name>/", texts.texts_rows, name="texts_rows"),
    path("paragrafer/<int:pk>/texter/avsnitt/<str:kind>/", texts.texts_section, name="texts_section"),
    path("paragrafer/<int:pk>/texter/lydelse/<str:kind>/", texts.texts_wording, name="texts_wording"),
    path("paragrafer/<int:pk>/texter/blad/", texts.texts_sheet, name="texts_sheet"),
    # Inläsning
    path("aldre-protokoll/", imported.older_minutes, name="older_minutes"),
    path("inlasning/", imported.read_in, name="read_in"),
    path("inlasning/rensa/", imported.readings_clear, name="readings_clear"),
    path("inlasning/<int:pk>/", imported.imported_meeting, name="imported_meeting"),
    path("inlasning/<int:pk>/godkann/", imported.imported_accept_all, name="imported_accept_all"),
    path("inlasning/<int:pk>/original", imported.imported_original, name="imported_original"),
    path("inlasning/paragraf/<int:pk>/", imported.imported_paragraph, name="imported_paragraph"),
    path("inlasning/personer/", read_names.read_names, name="read_names"),
    path("inlasning/personer/nya/", read_names.read_names_new, name="read_names_new"),
    path("inlasning/personer/<int:pk>/", read_names.read_name, name="read_name"),
    path("inlasning/personer/<int:pk>/angra/", read_names.read_name_undo, name="read_name_undo"),
    path("inlasning/partier/<int:pk>/", read_names.read_party, name="read_party"),
    path("inlasning/partier/<int:pk>/angra/", read_names.read_party_undo, name="read_party_undo"),
    # Organisationen
    path("organisationen/utseende/", letterhead, name="letterhead"),
    path("organisationen/utseende/exempel.pdf", letterhead_sample, name="letterhead_sample"),
    path("organisationen/utseende/logotyp", letterhead_logo, name="letterhead_logo"),
    path("organisationen/rubriker/", headings, name="headings"),
    path("organisationen/rubriker/exempel/", headings_sample, name="headings_sample"),
]
