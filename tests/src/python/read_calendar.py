"""Reads a calendar with two libraries other people use, and prints as JSON what each understood."""

import json
import sys
from datetime import date, datetime, timezone

import icalendar
import vobject


def instant(value):
    """An instant in UTC; a civil date as it is; a time without zone marked, because it should not be."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return value.isoformat() + " floating"
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert isinstance(value, date)
    return value.isoformat()


def with_icalendar(text):
    calendar = icalendar.Calendar.from_ical(text)
    wrong = [str(error) for part in calendar.walk() for error in part.errors]
    assert not wrong, wrong
    return [
        {
            "uid": str(event["UID"]),
            "starts": instant(event.decoded("DTSTART")),
            "ends": instant(event.decoded("DTEND")),
            "summary": str(event["SUMMARY"]),
        }
        for event in calendar.walk("VEVENT")
    ]


def with_vobject(text):
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    return [
        {
            "uid": event.uid.value,
            "starts": instant(event.dtstart.value),
            "ends": instant(event.dtend.value),
            "summary": event.summary.value,
        }
        for event in getattr(calendar, "vevent_list", [])
    ]


text = sys.stdin.buffer.read().decode("utf-8")
json.dump({"icalendar": with_icalendar(text), "vobject": with_vobject(text)}, sys.stdout)
