/** A device that cuts texts, or does not know parameters and kinds of alarms, changes none of these. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { startServer } from '../../kit/server.ts';
import { ADA, card, devices, event, linesOf, OLD_CARDS, OLD_EVENTS, old, sorted } from './small-devices.ts';

describe('D19: texts that are too long', () => {
  const LONG = ['N:Wolfeschlegelsteinhausenbergerdorff;Ada;;;', 'FN:Ada Wolfeschlegelsteinhausenbergerdorff'];
  const note = `NOTE:${'abcdefghij'.repeat(10)}`;
  const small = old('N:Zed;Zoe', 'TITLE:t', 'NOTE:n');
  const cut = ['N:Wolfeschlegelsteinhausenberger;Ada', `NOTE:${'abcdefghij'.repeat(5)}`];

  it('are not cut by a device that cuts them without a word, however often it does', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(small);
    await phone.sync();
    const result = await edited(card(...LONG, note), old(...cut, 'TITLE:a'), old(...cut, 'TITLE:b'));
    expect(result.sort()).toEqual(sorted(...LONG, note, 'TITLE:b'));
  });

  it('an edit before the cut leaves the end', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(small);
    await phone.sync();
    const text = 'The first line of a note that is longer than the room for it on a phone, and goes on.';
    const seen = text.slice(0, 50);
    const result = await edited(
      card(...ADA, `NOTE:${text.replace(',', '\\,')}`),
      old('N:Byron;Ada', `NOTE:${seen}`),
      old('N:Byron;Ada', `NOTE:${seen.replace('first', '1st')}`),
    );
    expect(result).toContain(`NOTE:${text.replace(',', '\\,').replace('first', '1st')}`);
  });

  it('a device that has sent longer ones shortens', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', `NOTE:${'z'.repeat(60)}`));
    await phone.sync();
    const result = await edited(card(...ADA, note), old('N:Byron;Ada', `NOTE:${'abcdefghij'.repeat(5)}`));
    expect(result).toContain(`NOTE:${'abcdefghij'.repeat(5)}`);
  });

  it('MaxSize counts where it is told', async () => {
    const { edited } = await devices({ properties: ['N', 'FN', 'NOTE'], sizes: { NOTE: 40 } });
    const result = await edited(
      card(...ADA, `NOTE:${'x'.repeat(30)}`),
      card(...ADA, `NOTE:${'x'.repeat(20)}`),
    );
    expect(result).toContain(`NOTE:${'x'.repeat(20)}`);
  });

  it.each([
    ['in one line', ';;1 Way Flat 2;Town;;1;D', ';;1 Way\\nFlat 2;Town;;1;D'],
    ['cut at the line end', ';;1 Way;Town;;1;D', ';;1 Way\\nFlat 2;Town;;1;D'],
    ['in one line and cut', ';;1 Way Fl;Town;;1;D', ';;1 Way\\nFlat 2;Town;;1;D'],
    ['in one line and changed', ';;1 Way Flat 3;Town;;1;D', ';;1 Way\\nFlat 3;Town;;1;D'],
  ])('a street of two lines %s', async (_, sent, right) => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'ADR;HOME:;;a;b;1;1;D'));
    await phone.sync();
    const item = card(...ADA, 'ADR;TYPE=HOME:;;1 Way\\nFlat 2;Town;;1;D');
    expect(await edited(item, old('N:Byron;Ada', `ADR;HOME:${sent}`))).toContain(`ADR;TYPE=HOME:${right}`);
  });

  it.each([
    ['a blank for each line end', 'One  two  three', 'One\\n\\ntwo\\n\\nthree'],
    ['a blank for a paragraph', 'One two three', 'One\\n\\ntwo\\n\\nthree'],
    ['two blanks for each line end', 'One    two    three', 'One\\n\\ntwo\\n\\nthree'],
    ['a blank at the end, too', 'One  two  three ', 'One\\n\\ntwo\\n\\nthree\\n'],
    ['none at the end', 'One  two  three', 'One\\n\\ntwo\\n\\nthree\\n'],
    ['a changed word', 'One  2  three', 'One\\n\\n2\\n\\nthree', 'One\\n\\ntwo\\n\\nthree'],
    [
      'more blanks of its own',
      'One  two2  3  three',
      'One\\n\\ntwo2  3\\n\\nthree',
      'One\\n\\ntwo\\n\\nthree',
    ],
  ])('paragraphs stay on a device without line ends that writes %s', async (_, sent, right, note = right) => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', `NOTE:${'z'.repeat(80)}`));
    await phone.sync();
    const result = await edited(card(...ADA, `NOTE:${note}`), old('N:Byron;Ada', `NOTE:${sent}`));
    expect(result).toContain(`NOTE:${right}`);
  });

  it.each([
    ['that have no ASCII', 'Gr??e ?? ??'],
    ['that are not Latin', 'Grüße ?? ??'],
    ['each half of a picture', 'Gr??e ?? ???'],
  ])('letters that the device does not have stay where it writes question marks: %s', async (_, sent) => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', `NOTE:${'z'.repeat(80)}`));
    await phone.sync();
    const item = ['N:Байрон;Ада;;;', 'FN:Ада Байрон', 'NOTE:Grüße 東京 …😀'];
    const result = await edited(card(...item), old('N:??????;???', `NOTE:${sent}`, 'TITLE:t'));
    expect(result.sort()).toEqual(sorted(...item, 'TITLE:t'));
  });

  it('a question mark that the user writes counts', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', `NOTE:${'z'.repeat(80)}`));
    await phone.sync();
    const sent = old('N:Byron;Ada', 'NOTE:Grüße?');
    expect(await edited(card(...ADA, 'NOTE:Grüße…'), sent)).toContain('NOTE:Grüße?');
  });

  it.each([
    ['the given name first', 'N:Ada Byron'],
    ['the family name first', 'N:Byron\\, Ada;'],
    ['all of the name', 'N:Lady Ada Augusta Byron;;;;'],
  ])('a name stays in its parts on a device that has one field for it: %s', async (_, sent) => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zoe Zed'));
    await phone.sync();
    const item = ['N:Byron;Ada;Augusta;Lady;', 'FN:Lady Ada Augusta Byron'];
    expect(await edited(card(...item), old(sent, 'TITLE:t'))).toEqual([...item, 'TITLE:t']);
  });

  it('an address stays in its parts on a device that has one field for it', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'ADR;HOME:;;Way 1, Town'));
    await phone.sync();
    const [address, sent] = ['ADR;TYPE=HOME:;;Lane 2;Town;;48152;', 'ADR;HOME:;;Lane 2, 48152 Town'];
    expect(await edited(card(...ADA, address), old('N:Byron;Ada', sent))).toEqual([...ADA, address]);
  });

  it('parts of a name that the device has never filled stay', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'TITLE:t'));
    await phone.sync();
    const item = card('N:King;Ada;Augusta;Lady;', 'FN:Lady Ada King');
    expect(await edited(item, old('N:Lovelace;Ada'))).toContain('N:Lovelace;Ada;Augusta;Lady;');
  });
});

describe('parameters that the device does not know', () => {
  const times = ['DTSTART:20260330T160000Z', 'DTEND:20260330T170000Z'];
  const guest =
    'ATTENDEE;CN=Bob;PARTSTAT=DECLINED;ROLE=OPT-PARTICIPANT;RSVP=TRUE;X-NUM-GUESTS=2:mailto:bob@example.org';

  it('stay with their value', async () => {
    const { phone, edited } = await devices(OLD_EVENTS, 'calendar');
    phone.add(event('1.0', 'SUMMARY:Old', 'LOCATION:l', ...times, 'ATTENDEE:x@example.org'));
    await phone.sync();
    const item = event('2.0', 'SUMMARY:Meet', ...times, guest);
    const sent = event('1.0', 'SUMMARY:Meet', 'LOCATION:Room', ...times, 'ATTENDEE:bob@example.org');
    expect((await edited(item, sent)).sort()).toEqual(
      sorted('SUMMARY:Meet', 'LOCATION:Room', ...times, guest),
    );
  });

  it('are deleted by a device that has sent them', async () => {
    const { phone, edited } = await devices({ type: 'text/calendar' }, 'calendar');
    phone.add(event('2.0', 'SUMMARY:Old', ...times, 'ATTENDEE;CN=X;RSVP=TRUE:mailto:x@example.org'));
    await phone.sync();
    const item = event('2.0', 'SUMMARY:Meet', ...times, 'ATTENDEE;CN=Bob;RSVP=TRUE:mailto:bob@example.org');
    const sent = event('2.0', 'SUMMARY:Meet', ...times, 'ATTENDEE;CN=Bob:mailto:bob@example.org');
    expect(await edited(item, sent)).toContain('ATTENDEE;CN=Bob:mailto:bob@example.org');
  });

  it('the mark of a birthday without a year stays with that day, and goes with another', async () => {
    const { edited } = await devices(OLD_CARDS);
    const item = card(...ADA, 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15');
    const result = await edited(item, old('N:Byron;Ada', 'BDAY:16040415', 'TITLE:Boss'));
    expect(result).toContain('BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15');
    const other = await devices(OLD_CARDS);
    const changed = await other.edited(item, old('N:Byron;Ada', 'BDAY:19800415'));
    expect(changed).toContain('BDAY:1980-04-15');
  });

  it('a preference and a combination of types stay', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'TEL;CELL:1', 'TEL;HOME:2'));
    await phone.sync();
    const item = card(...ADA, 'TEL;TYPE=CELL,PREF,WORK:71', 'TEL;TYPE=HOME:72');
    expect(await edited(item, old('N:Byron;Ada', 'TEL;CELL:71', 'TEL;HOME:72', 'TITLE:t'))).toEqual(
      expect.arrayContaining(['TEL;TYPE=CELL,PREF,WORK:71', 'TEL;TYPE=HOME:72']),
    );
  });

  it('a type that the user sets counts', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'TEL;CELL:1', 'TEL;HOME:2'));
    await phone.sync();
    const result = await edited(card(...ADA, 'TEL;TYPE=CELL:71'), old('N:Byron;Ada', 'TEL;HOME:71'));
    expect(result).toContain('TEL;TYPE=HOME:71');
  });
});

describe('alarms', () => {
  const times = ['DTSTART:20260401T080000Z', 'DTEND:20260401T090000Z'];
  const alarm = (trigger: string, words = 'a') => [
    ...['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${words}`, `TRIGGER:${trigger}`, 'END:VALARM'],
  ];
  const item = event('2.0', 'SUMMARY:Meet', ...times, ...alarm('-PT15M'), ...alarm('-P1D', 'b'));
  const sent = (...alarms: string[]) => event('1.0', 'SUMMARY:Meet', 'LOCATION:Room', ...times, ...alarms);
  const first = event('1.0', 'SUMMARY:Old', ...times, 'AALARM:20260401T070000Z;;;');
  const listed = ['BEGIN', 'END', 'VERSION', 'UID', 'SUMMARY', 'DTSTART', 'DTEND', 'ACTION', 'TRIGGER'];

  it('that had no slot stay, and none changes its action', async () => {
    const { phone, edited } = await devices(OLD_EVENTS, 'calendar');
    phone.add(first);
    await phone.sync();
    const result = await edited(item, sent('AALARM:20260401T074500Z;;;'));
    expect(result.sort()).toEqual(sorted(...linesOf(item), 'LOCATION:Room'));
  });

  it('the one in the slot is moved', async () => {
    const { phone, edited } = await devices(OLD_EVENTS, 'calendar');
    phone.add(first);
    await phone.sync();
    const result = await edited(item, sent('AALARM:20260401T073000Z;;;'));
    expect(result.sort()).toEqual(
      sorted(...linesOf(item), 'LOCATION:Room')
        .map((line) => line.replace('-PT15M', '-PT30M'))
        .sort(),
    );
  });

  it('a device that has sent two deletes', async () => {
    const { phone, edited } = await devices(OLD_EVENTS, 'calendar');
    phone.add(
      event('1.0', 'SUMMARY:Old', ...times, 'DALARM:20260401T070000Z;;;x', 'DALARM:20260401T060000Z;;;y'),
    );
    await phone.sync();
    const result = await edited(item, sent('DALARM:20260401T074500Z;;;a'));
    expect(result.join()).toContain('-PT15M');
    expect(result.join()).not.toContain('-P1D');
  });

  it('the only one is deleted by a device that has sent one', async () => {
    const { phone, edited } = await devices(OLD_EVENTS, 'calendar');
    phone.add(event('1.0', 'SUMMARY:Old', ...times, 'DALARM:20260401T070000Z;;;x'));
    await phone.sync();
    const one = event('2.0', 'SUMMARY:Meet', ...times, ...alarm('-PT15M'));
    expect((await edited(one, sent())).join()).not.toContain('VALARM');
  });

  it.each([
    ['is deleted by a device that lists the action', { properties: listed }, false],
    ['stays where it may have been dropped', {}, true],
  ])('one of an action that was never sent %s', async (_, told, isThere) => {
    const { phone, edited } = await devices({ type: 'text/calendar', ...told }, 'calendar');
    phone.add(event('2.0', 'UID:o', 'SUMMARY:Old', ...times, ...alarm('-PT1H')));
    await phone.sync();
    const heard = ['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER:-PT15M', 'END:VALARM'];
    const result = await edited(
      event('2.0', 'UID:m', 'SUMMARY:Meet', ...times, ...heard),
      event('2.0', 'UID:m', 'SUMMARY:Meet', ...times),
    );
    expect(result.join().includes('ACTION:AUDIO')).toBe(isThere);
  });
});

describe('D19: an older text that is the beginning of the newer one', () => {
  const older = card(...ADA, 'NOTE:Likes tea');
  const newer = card(...ADA, 'NOTE:Likes tea\\nand jazz');

  /** The phone holds what the item was before the laptop changed it. */
  async function behind() {
    const server = await startServer();
    const phone = new Device(server, { device: 'phone' });
    const laptop = new Device(server, { device: 'laptop' });
    phone.add(older);
    for (const device of [phone, laptop]) await device.sync(201);
    laptop.replace([...laptop.items.keys()][0] ?? '', newer);
    await laptop.sync();
    return phone;
  }

  it.each([201, 203] as const)('is no cut in a sync %i: the device gets the newer one', async (alert) => {
    const phone = await behind();
    await phone.sync(alert);
    await phone.sync();
    expect(phone.contents).toEqual([newer]);
  });

  it('is none where a device that had the newer one restored a backup', async () => {
    const phone = await behind();
    await phone.sync();
    expect(phone.contents).toEqual([newer]);
    phone.items.set([...phone.items.keys()][0] ?? '', older);
    await phone.sync(201);
    expect(phone.contents).toEqual([newer]);
  });
});
