"""The second reader of the formats of the first generation: vCard 2.1, vCalendar 1.0 and vNote 1.1, read by vobject.

Reads a JSON list of texts from stdin and writes a JSON list of what each says: name, properties and parts of a component.
A series of vCalendar is expanded by dateutil. A text that cannot be read becomes {"error": the reason}.
"""

import datetime
import io
import json
import re
import sys

import vobject
from dateutil import rrule

MOST_OCCURRENCES = 60
DAYS = {"MO": rrule.MO, "TU": rrule.TU, "WE": rrule.WE, "TH": rrule.TH, "FR": rrule.FR, "SA": rrule.SA, "SU": rrule.SU}
ALARMS = {"DALARM": "DISPLAY", "AALARM": "AUDIO", "MALARM": "EMAIL", "PALARM": "PROCEDURE"}
UTC = "%Y%m%dT%H%M%SZ"
LOCAL = "%Y%m%dT%H%M%S"


def tree(text):
    """
    The component of a text as plain lists. Parameters without a name are types. The library would read values by the rules
    of vCard 3.0 and iCalendar, so it is asked for the lines only: unfolded, split, and decoded from quoted-printable.
    """
    stack = [{"name": None, "properties": [], "parts": []}]
    for line, number in vobject.base.getLogicalLines(io.StringIO(text), allowQP=True):
        if line.strip() == "":
            continue
        read_line = vobject.base.textLineToContentLine(line, number)
        if read_line.name == "BEGIN":
            stack.append({"name": read_line.value.strip().upper(), "properties": [], "parts": []})
        elif read_line.name == "END":
            part = stack.pop()
            stack[-1]["parts"].append(part)
        else:
            parameters = {name: list(given) for name, given in read_line.params.items()}
            parameters.setdefault("TYPE", []).extend(read_line.singletonparams)
            said = {"name": read_line.name, "parameters": parameters, "value": read_line.value}
            stack[-1]["properties"].append(said)
    return stack[0]["parts"][0]


def values(component, name):
    return [one["value"] for one in component["properties"] if one["name"] == name]


def value(component, name):
    return (values(component, name) or [None])[0]


def offset(text):
    """+0100, +01:00 or +01 as a time span."""
    sign, hours, minutes = re.match(r"([+-]?)(\d\d):?(\d\d)?$", text).groups()
    span = datetime.timedelta(hours=int(hours), minutes=int(minutes or 0))
    return -span if sign == "-" else span


class Clock:
    """The clock of a calendar: TZ is its offset, each DAYLIGHT a time of the year with another one."""

    def __init__(self, calendar):
        zone = value(calendar, "TZ")
        self.standard = None if zone is None else offset(zone)
        self.daylight = []
        for rule in values(calendar, "DAYLIGHT"):
            observed, span, begin, end = rule.split(";")[:4]
            if observed.upper() == "TRUE":
                self.daylight.append((offset(span), parsed(begin), parsed(end)))

    def to_local(self, instant):
        """A UTC instant on this clock."""
        if self.standard is None:
            return instant
        local = instant + self.standard
        for span, begin, end in self.daylight:
            if begin <= local and instant + span < end:
                return instant + span
        return local

    def to_utc(self, local):
        if self.standard is None:
            return local
        for span, begin, end in self.daylight:
            if begin <= local < end:
                return local - span
        return local - self.standard


def parsed(text):
    text = text.strip()
    if "T" not in text:
        return datetime.datetime.strptime(text, "%Y%m%d")
    return datetime.datetime.strptime(text, UTC if text.endswith("Z") else LOCAL)


def shown(time, is_utc):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ" if is_utc else "%Y-%m-%dT%H:%M:%S")


def span_text(start, end, is_utc):
    midnight = datetime.time()
    if not is_utc and start.time() == midnight and end.time() == midnight and start < end:
        return f"{start:%Y-%m-%d} to {end:%Y-%m-%d}"
    return f"{shown(start, is_utc)} to {shown(end, is_utc)}"


def rule_of(text, start, clock):
    """A recurrence rule of vCalendar 1.0 as one of dateutil; `start` is local."""
    words = text.split()
    kind, interval = re.match(r"(D|W|MP|MD|YM|YD)(\d+)$", words[0]).groups()
    options = {"interval": int(interval), "dtstart": start}
    count = 2
    days, numbers, places = [], [], []
    for word in words[1:]:
        if word.startswith("#"):
            count = int(word[1:])
        elif re.match(r"\d{8}", word):
            until = parsed(word)
            options["until"] = clock.to_local(until) if word.endswith("Z") else until
            count = 0
        elif word in DAYS:
            days.append(DAYS[word])
        elif kind == "MP":
            places.append((int(word.rstrip("+-")) * (-1 if word.endswith("-") else 1), len(days)))
        else:
            numbers.append(-1 if word == "LD" else int(word.rstrip("+-")) * (-1 if word.endswith("-") else 1))
    if count > 0:
        options["count"] = count
    return rrule.rrule(**options, **by(kind, days, numbers, places))


def by(kind, days, numbers, places):
    if kind == "D":
        return {"freq": rrule.DAILY}
    if kind == "W":
        return {"freq": rrule.WEEKLY, **({"byweekday": days} if days else {})}
    if kind == "MD":
        return {"freq": rrule.MONTHLY, **({"bymonthday": numbers} if numbers else {})}
    if kind == "YM":
        return {"freq": rrule.YEARLY, **({"bymonth": numbers} if numbers else {})}
    if kind == "YD":
        return {"freq": rrule.YEARLY, **({"byyearday": numbers} if numbers else {})}
    # A place is good for the days that stand after it, up to the next place.
    ends = [at for _, at in places[1:]] + [len(days)]
    chosen = [day(place) for (place, at), last in zip(places, ends) for day in days[at:last]]
    return {"freq": rrule.MONTHLY, "byweekday": chosen}


def times_in(part, name):
    return [parsed(one) for text in values(part, name) for one in re.split("[;,]", text) if one]


def happens(part, clock):
    """Start and end of each time that the appointment happens."""
    first = value(part, "DTSTART")
    start = parsed(first)
    is_utc = first.endswith("Z")
    last = value(part, "DTEND")
    length = parsed(last) - start if last else datetime.timedelta()
    found = {start}
    is_endless = False
    for text in values(part, "RRULE"):
        local = clock.to_local(start) if is_utc else start
        times = []
        for time in rule_of(text, local, clock):
            is_endless = len(times) == MOST_OCCURRENCES
            if is_endless:
                break
            times.append(clock.to_utc(time) if is_utc else time)
        # The start belongs to a series only where its rule falls on it.
        found = set(times) or found
    found = (found | set(times_in(part, "RDATE"))) - set(times_in(part, "EXDATE"))
    shown_spans = [span_text(time, time + length, is_utc) for time in sorted(found)[:MOST_OCCURRENCES]]
    return shown_spans + (["and so on"] if is_endless else [])


def alarms(part):
    """Action and minutes from the start, or from what the task is due."""
    base = value(part, "DTSTART") or value(part, "DUE")
    found = []
    for name, action in ALARMS.items():
        for text in values(part, name):
            when = text.split(";")[0]
            if when:
                minutes = "" if base is None else round((parsed(when) - parsed(base)).total_seconds() / 60)
                found.append(f"{action} {minutes} min")
    return found


def read(text):
    try:
        component = tree(text)
        clock = Clock(component)
        for part in component["parts"]:
            part["alarms"] = alarms(part)
            part["happens"] = happens(part, clock) if part["name"] == "VEVENT" else []
        return component
    except Exception as error:  # what a stranger's text does to the library is what is asked here
        return {"error": f"{type(error).__name__}: {error}"}


json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
