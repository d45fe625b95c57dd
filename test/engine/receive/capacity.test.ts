/** A device that has fewer slots than an item has values deletes none of them; one that has the slots can. */
import { describe, expect, it } from 'vitest';
import { ADA, card, devices, event, linesOf, OLD_CARDS, OLD_EVENTS, old, sorted } from './small-devices.ts';

describe('D19: fewer slots than values', () => {
  const values = [
    ...[
      'EMAIL:a1@example.org',
      'EMAIL:a2@example.org',
      'URL:http://a.example.org',
      'URL:http://b.example.org',
    ],
    ...['ADR;TYPE=HOME:;;H;T;;1;D', 'ADR;TYPE=WORK:;;W;T;;1;D', 'CATEGORIES:a,b,c'],
    ...['g1.NOTE:archived', 'g1.X-ABLABEL:Old', 'NOTE:main'],
  ];
  const first = [
    ...[
      'EMAIL;INTERNET:z@example.org',
      'TITLE:t',
      'NOTE:n',
      'ADR;HOME:;;a;b;1;1;D',
      'URL:http://z.example.org',
    ],
    'CATEGORIES:z',
  ];
  const kept = [
    ...['EMAIL;INTERNET:a1@example.org', 'ADR;HOME:;;H;T;;1;D', 'URL:http://a.example.org', 'CATEGORIES:a'],
    'NOTE:main',
  ];

  it.each([
    ['the first', kept],
    [
      'the last',
      [
        ...[
          'EMAIL;INTERNET:a2@example.org',
          'ADR;WORK:;;W;T;;1;D',
          'URL:http://b.example.org',
          'CATEGORIES:c',
        ],
        'NOTE:archived',
      ],
    ],
  ])('what had no slot stays, on a device that keeps %s', async (_, sent) => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', ...first));
    await phone.sync();
    const edit = old('N:Byron;Ada', ...sent, 'TITLE:Boss');
    const result = await edited(card(...ADA, ...values), edit, edit.replace('Boss', 'Chief'));
    expect(result.sort()).toEqual(sorted(...ADA, ...values, 'TITLE:Chief'));
  });

  it('the value in the slot is changed, and the others stay', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'EMAIL:z@example.org'));
    await phone.sync();
    const result = await edited(
      card(...ADA, 'EMAIL:a1@example.org', 'EMAIL:a2@example.org', 'EMAIL:a3@example.org'),
      old('N:Byron;Ada', 'EMAIL:new@example.org'),
    );
    expect(result.sort()).toEqual(
      sorted(...ADA, 'EMAIL:new@example.org', 'EMAIL:a2@example.org', 'EMAIL:a3@example.org'),
    );
  });

  it('a device that has filled as many slots deletes', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'EMAIL:y@example.org', 'EMAIL:z@example.org', 'CATEGORIES:y,z'));
    await phone.sync();
    const result = await edited(
      card(
        ...ADA,
        'EMAIL:a1@example.org',
        'EMAIL:a2@example.org',
        'EMAIL:a3@example.org',
        'CATEGORIES:a,b,c',
      ),
      old('N:Byron;Ada', 'EMAIL:a2@example.org', 'CATEGORIES:a'),
    );
    // It has two slots, and showed that: the third value had none.
    expect(result.sort()).toEqual(
      sorted(...ADA, 'EMAIL:a2@example.org', 'EMAIL:a3@example.org', 'CATEGORIES:a,c'),
    );
  });

  it('a device that shows more later deletes then', async () => {
    const { phone, edited, full } = await devices(OLD_CARDS);
    const item = card(...ADA, 'EMAIL:a1@example.org', 'EMAIL:a2@example.org');
    phone.add(old('N:Zed;Zoe', 'EMAIL:z@example.org'));
    await phone.sync();
    const one = old('N:Byron;Ada', 'EMAIL:a1@example.org');
    expect((await edited(item, one)).sort()).toEqual(sorted(...linesOf(item)));
    const [luid = ''] = [...phone.items].flatMap(([key, value]) => (value.includes('Byron') ? [key] : []));
    // It was told again, and shows now that it holds both.
    phone.replace(luid, old('N:Byron;Ada', 'EMAIL:a1@example.org', 'EMAIL:a2@example.org', 'TITLE:t'));
    await phone.sync();
    phone.replace(luid, old('N:Byron;Ada', 'EMAIL:a1@example.org', 'TITLE:t'));
    await phone.sync();
    await full.sync();
    const found = full.contents.find((body) => body.includes('Byron')) ?? '';
    expect(linesOf(found).sort()).toEqual(sorted(...ADA, 'EMAIL:a1@example.org', 'TITLE:t'));
  });

  it('a birthday is deleted on a device that has shown one', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'BDAY:19800101'));
    await phone.sync();
    expect(await edited(card(...ADA, 'BDAY:1990-01-01'), old('N:Byron;Ada', 'TITLE:t'))).toEqual([
      ...ADA,
      'TITLE:t',
    ]);
  });

  const YEARLY = 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15';

  it.each([
    ['without a year', YEARLY],
    ['in words', 'BDAY;VALUE=text:about 1800'],
  ])('a birthday %s stays on a device that has shown days with a year only', async (_, day) => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'BDAY:19800101'));
    await phone.sync();
    const result = await edited(card(...ADA, day), old('N:Byron;Ada', 'TITLE:t'));
    expect(result.sort()).toEqual(sorted(...ADA, day, 'TITLE:t'));
  });

  it('and is deleted, or gets its year, on a device that has shown one', async () => {
    const becomes = async (...sent: string[]) => {
      const { phone, edited } = await devices(OLD_CARDS);
      phone.add(old('N:Zed;Zoe', 'BDAY:--0101'));
      await phone.sync();
      return edited(card(...ADA, YEARLY), old('N:Byron;Ada', ...sent));
    };
    expect(await becomes()).toEqual(ADA);
    expect(await becomes('BDAY:19800415')).toEqual([...ADA, 'BDAY:1980-04-15']);
  });

  it('a picture by its address stays on a device that has shown pictures only', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', `PHOTO;ENCODING=BASE64;TYPE=JPEG:${'A'.repeat(400)}`));
    await phone.sync();
    const item = [...ADA, 'PHOTO;VALUE=uri:https://example.org/ada.jpg'];
    expect((await edited(card(...item), old('N:Byron;Ada', 'TITLE:t'))).sort()).toEqual(
      sorted(...item, 'TITLE:t'),
    );
  });

  const times = ['DTSTART:20300201T100000Z', 'DTEND:20300201T110000Z'];
  it.each([
    ['a day by its position', 'FREQ=YEARLY;BYDAY=1FR;BYMONTH=2'],
    ['every other', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR'],
    ['another period', 'FREQ=MONTHLY;BYMONTHDAY=1'],
  ])('a rule of %s stays on a device that has shown simple ones only', async (_, rule) => {
    const { phone, edited } = await devices(OLD_EVENTS, 'calendar');
    phone.add(event('1.0', 'SUMMARY:z', ...times, 'RRULE:D1 #3'));
    phone.add(event('1.0', 'SUMMARY:y', ...times, 'RRULE:W1 FR #3'));
    await phone.sync();
    const item = event('2.0', 'SUMMARY:Meet', ...times, `RRULE:${rule}`);
    const result = await edited(item, event('1.0', 'SUMMARY:Met', ...times));
    expect(result).toEqual(['SUMMARY:Met', ...times, `RRULE:${rule}`]);
  });

  it('and is deleted on a device that has shown such a rule', async () => {
    const { phone, edited } = await devices(OLD_EVENTS, 'calendar');
    phone.add(event('1.0', 'SUMMARY:z', ...times, 'RRULE:W3 FR #3'));
    await phone.sync();
    const item = event('2.0', 'SUMMARY:Meet', ...times, 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR');
    expect(await edited(item, event('1.0', 'SUMMARY:Met', ...times))).toEqual(['SUMMARY:Met', ...times]);
  });

  it('slots are of types: two numbers at home do not fit one, and a pager fits none', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'TEL;HOME:1', 'TEL;WORK:2', 'TEL;CELL:3'));
    await phone.sync();
    const item = ['TEL;TYPE=HOME:71', 'TEL;TYPE=HOME:72', 'TEL;TYPE=PAGER:74', 'TEL;TYPE=WORK:73'];
    const stays = await edited(card(...ADA, ...item), old('N:Byron;Ada', 'TEL;HOME:71', 'TEL;WORK:73'));
    expect(stays.sort()).toEqual(sorted(...ADA, ...item));
    const [luid = ''] = [...phone.items].flatMap(([key, value]) => (value.includes('Byron') ? [key] : []));
    expect(luid).not.toBe('');
  });

  it.each([
    ['a slot that it has shown', ['TEL;HOME:1', 'TEL;WORK:2', 'TEL;CELL:3', 'TEL;FAX:4']],
    ['one that it shows now', ['TEL;HOME:1', 'TEL;WORK:2', 'TEL;CELL:3']],
    ['slots of which nothing was known', []],
  ])('a new number in another slot is in the place of none that had no slot: %s', async (_, shown) => {
    const { phone, edited } = await devices(OLD_CARDS);
    if (shown.length > 0) phone.add(old('N:Zed;Zoe', ...shown));
    await phone.sync();
    const item = ['TEL;TYPE=HOME:71', 'TEL;TYPE=WORK:72', 'TEL;TYPE=WORK:73'];
    const sent = old('N:Byron;Ada', 'TEL;HOME:71', 'TEL;WORK:72', 'TEL;FAX:74');
    expect((await edited(card(...ADA, ...item), sent)).sort()).toEqual(
      sorted(...ADA, ...item, 'TEL;TYPE=FAX:74'),
    );
  });

  it('a number whose slot its user emptied, and another filled instead, is gone', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'TEL;HOME:1', 'TEL;WORK:2', 'TEL;CELL:3'));
    await phone.sync();
    const item = card(...ADA, 'TEL;TYPE=HOME:71', 'TEL;TYPE=WORK:72');
    const sent = old('N:Byron;Ada', 'TEL;HOME:71', 'TEL;CELL:74');
    expect((await edited(item, sent)).sort()).toEqual(sorted(...ADA, 'TEL;TYPE=HOME:71', 'TEL;TYPE=CELL:74'));
  });

  it('and the number of a slot that it has can be deleted', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(old('N:Zed;Zoe', 'TEL;HOME:1', 'TEL;WORK:2', 'TEL;CELL:3'));
    await phone.sync();
    const item = card(...ADA, 'TEL;TYPE=HOME:71', 'TEL;TYPE=WORK:73');
    expect(await edited(item, old('N:Byron;Ada', 'TEL;HOME:71'))).toEqual([...ADA, 'TEL;TYPE=HOME:71']);
  });

  it('MaxOccur counts where it is told', async () => {
    const told = { properties: ['N', 'FN', 'EMAIL'], most: { EMAIL: 2 } };
    const { edited } = await devices({ ...OLD_CARDS, ...told });
    const item = card(...ADA, 'EMAIL:a1@example.org', 'EMAIL:a2@example.org', 'EMAIL:a3@example.org');
    const result = await edited(item, old('N:Byron;Ada', 'FN:Ada Byron', 'EMAIL:a2@example.org'));
    expect(result).toEqual([...ADA, 'EMAIL:a2@example.org', 'EMAIL:a3@example.org']);
  });

  it('a device that lists properties without MaxOccur shows its slots, too', async () => {
    const { edited } = await devices({ ...OLD_CARDS, properties: ['N', 'FN', 'EMAIL', 'TITLE'] });
    const item = card(...ADA, 'EMAIL:a1@example.org', 'EMAIL:a2@example.org');
    const result = await edited(item, old('N:Byron;Ada', 'FN:Ada Byron', 'EMAIL:a1@example.org', 'TITLE:t'));
    expect(result.sort()).toEqual(sorted(...linesOf(item), 'TITLE:t'));
  });
});
