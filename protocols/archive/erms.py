"""The case as E-ARK CITS ERMS 2.1 has it: one case file, its records, what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from xml.etree.ElementTree import Element, SubElement

from protocols.archive.case import ArchivedCase, ArchivedRecord
from protocols.archive.xml import written

NAMESPACE = "https://DILCIS.eu/XML/ERMS"
#: Where the files lie, seen from the root of the package.
DATA = "representations/rep1/data/"


def erms_xml(case: ArchivedCase, *, made_at: datetime) -> bytes:
    """The description of the case; `made_at` is when it was taken out of the register."""
    root = Element("erms", {"xmlns": NAMESPACE})
    _control(SubElement(root, "control"), case, made_at)
    attributes = {"systemIdentifier": str(case.identifier), "aggregationType": "caseFile"}
    _case_file(SubElement(SubElement(root, "aggregations"), "aggregation", attributes), case)
    return written(root)


def _control(control: Element, case: ArchivedCase, made_at: datetime) -> None:
    identification = SubElement(control, "identification", {"identificationType": "registryNumber"})
    identification.text = case.reference
    maintenance = SubElement(control, "maintenanceInformation")
    SubElement(maintenance, "maintenanceStatus", {"value": "new"})
    SubElement(SubElement(maintenance, "maintenanceAgency"), "agencyName").text = case.organisation
    event = SubElement(SubElement(maintenance, "maintenanceHistory"), "maintenanceEvent")
    SubElement(event, "eventType", {"value": "created"})
    SubElement(event, "eventDateTime").text = made_at.isoformat(timespec="seconds")
    _agent(event, "deliverer", case.organisation)


def _case_file(file: Element, case: ArchivedCase) -> None:
    SubElement(file, "objectId").text = case.reference
    if case.number:
        SubElement(file, "extraId", {"extraIdType": "motionNumber"}).text = case.number
    SubElement(file, "title").text = case.title
    SubElement(file, "status", {"value": "closed"})
    own = SubElement(SubElement(file, "additionalInformation"), "ownElement")
    SubElement(own, "ownElementDescription").text = "Motionens att-satser, var och en med sitt utfall"
    for text, outcome in case.clauses:
        clause = SubElement(own, "ownElement", {"name": "clause", "dataType": "string"})
        SubElement(clause, "value").text = text
        attribute = SubElement(SubElement(clause, "property"), "attribute", {"name": "outcome"})
        SubElement(attribute, "value").text = outcome
    agents = SubElement(file, "agents")
    for mover in case.movers:
        _agent(agents, "creator", mover, role="Motionär")
    SubElement(file, "description").text = case.text or case.title
    _dates(file, [("received", case.handed_in_on), ("closed", case.ended_on)])
    for event in case.events:
        action = SubElement(file, "action")
        SubElement(action, "actionText").text = event.words
        SubElement(action, "actionType").text = event.kind
        _dates(action, [("other", event.day)], name="actionDate", other="happened")
        if event.by:
            _agent(SubElement(action, "agents"), "responsible_person", event.by)
    for record in case.records:
        _record(file, case, record)


def _record(file: Element, case: ArchivedCase, record: ArchivedRecord) -> None:
    identifier = str(case.identifier_of(record))
    attributes = {"systemIdentifier": identifier, "recordType": record.kind.value}
    element = SubElement(file, "record", attributes)
    SubElement(element, "objectId").text = record.identifier
    SubElement(element, "title").text = record.title
    if record.replaced_by:
        relation = SubElement(element, "relation", {"relationType": "is_replaced_with"})
        relation.text = record.replaced_by
    if record.is_secret:
        restriction = SubElement(element, "restriction", {"restrictionType": "confidential"})
        SubElement(restriction, "explanatoryText").text = "Sekretessmarkerad"
        SubElement(restriction, "regulation").text = "OSL 5 kap. 5 §"
    _dates(element, [("created", record.day)])
    if record.note:
        SubElement(SubElement(element, "notes"), "note").text = record.note
    appendix = {
        "name": record.file.path.rsplit("/", 1)[-1],
        "fileFormat": record.file.media_type,
        "path": f"file:{DATA}{record.file.path}",
    }
    SubElement(SubElement(element, "additionalInformation"), "appendix", appendix)


def _agent(parent: Element, kind: str, name: str, role: str = "") -> None:
    agent = SubElement(parent, "agent", {"agentType": kind})
    SubElement(agent, "name").text = name
    if role:
        SubElement(agent, "role").text = role


def _dates(parent: Element, days: Sequence[tuple[str, date]], *, name: str = "date", other: str = "") -> None:
    dates = SubElement(parent, "dates")
    for kind, day in days:
        attributes = {"dateType": kind} | ({"otherDateType": other} if other else {})
        SubElement(dates, name, attributes).text = f"{day.isoformat()}T00:00:00"
