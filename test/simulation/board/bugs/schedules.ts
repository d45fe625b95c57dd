/** Bugs in the formats of appointments and tasks: vCalendar, iCalendar, SIF-E and SIF-T. */
import type * as Exceptions from '../../../../lib/pim/formats/icalendar/exceptions.ts';
import type * as SifAlarm from '../../../../lib/pim/formats/sif/alarm.ts';
import type * as SifRecurrence from '../../../../lib/pim/formats/sif/recurrence.ts';
import type * as Alarms from '../../../../lib/pim/formats/vcalendar/alarms.ts';
import type * as Properties from '../../../../lib/pim/formats/vcalendar/properties.ts';
import type * as Times from '../../../../lib/pim/formats/vcalendar/times.ts';
import type * as AllDay from '../../../../lib/pim/time/all-day.ts';
import { withValue } from '../../../../lib/pim/vobject/model.ts';
import { escapeText, unescapeText } from '../../../../lib/pim/vobject/text.ts';
import { type Bug, plant } from '../bug.ts';
import { life, story } from '../tells.ts';

const layer = 'formats';
const events = story({ kind: 'calendar', restored: false });
const tasks = story({ kind: 'tasks', restored: false });
const PROPERTIES = 'lib/pim/formats/vcalendar/properties.ts';
const TIMES = 'lib/pim/formats/vcalendar/times.ts';

const dayBefore = (time: string): string => {
  const at = Date.UTC(Number(time.slice(0, 4)), Number(time.slice(4, 6)) - 1, Number(time.slice(6, 8)) - 1);
  return `${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}${time.slice(8)}`;
};

export const SCHEDULE_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell: events, seeds: [6] },
    name: 'vCalendar: a list of categories is split at commas, but not at semicolons',
    plants: [
      plant<typeof Properties>(PROPERTIES, ({ propertyFromVcalendar }) => ({
        propertyFromVcalendar: (of, frame) =>
          of.name === 'CATEGORIES'
            ? [withValue(of, unescapeText(of.value).split(',').map(escapeText).join(','))]
            : propertyFromVcalendar(of, frame),
      })),
    ],
  },
  {
    ...{ layer, tell: tasks, seeds: [0] },
    name: 'vCalendar: a state is read with its blank, which iCalendar does not know',
    plants: [
      plant<typeof Properties>(PROPERTIES, ({ propertyFromVcalendar }) => ({
        propertyFromVcalendar: (of, frame) =>
          of.name === 'STATUS' ? [of] : propertyFromVcalendar(of, frame),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'vCalendar: of the excluded dates of a series the first alone is written',
    plants: [
      plant<typeof Times>(TIMES, ({ timesToVcalendar }) => ({
        timesToVcalendar: (name, dates, frame) => timesToVcalendar(name, dates.slice(0, 1), frame),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'vCalendar: the end of a rule is a day early',
    plants: [
      plant<typeof Times>(TIMES, ({ untilToVcalendar }) => ({
        untilToVcalendar: (until, frame) => dayBefore(untilToVcalendar(until, frame)),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'vCalendar: a series that comes in UTC stays in UTC, whatever zone it names',
    plants: [
      plant<typeof Properties>(PROPERTIES, ({ propertyFromVcalendar }) => ({
        propertyFromVcalendar: (of, frame) => propertyFromVcalendar(of, { ...frame, repeats: false }),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'vCalendar: alarms are not written',
    plants: [
      plant<typeof Alarms>('lib/pim/formats/vcalendar/alarms.ts', () => ({ alarmsToVcalendar: () => [] })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'Outlook: the alarm of an appointment is not read',
    plants: [plant<typeof SifAlarm>('lib/pim/formats/sif/alarm.ts', () => ({ alarmFromSif: () => [] }))],
  },
  {
    ...{ layer, tell: tasks, seeds: [0] },
    name: 'vCalendar: a task that is due on a day is due at the midnight of that day',
    plants: [plant<typeof AllDay>('lib/pim/time/all-day.ts', () => ({ isAllDayTask: () => false }))],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'Outlook: a weekly series loses its weekday',
    plants: [
      plant<typeof SifRecurrence>('lib/pim/formats/sif/recurrence.ts', ({ ruleFromSif }) => ({
        ruleFromSif: (fields, until) => {
          const rule = ruleFromSif(fields, until);
          return rule && new Map([...rule].filter(([name]) => name !== 'BYDAY'));
        },
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'an occurrence that was moved is at both times on a device that knows no exceptions',
    plants: [
      plant<typeof Exceptions>('lib/pim/formats/icalendar/exceptions.ts', ({ isException }) => ({
        withoutExceptions: (calendar) => ({
          ...calendar,
          components: calendar.components.filter((part) => !isException(part)),
        }),
      })),
    ],
  },
];
