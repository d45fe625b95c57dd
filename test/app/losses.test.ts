/** What `npm run losses` says of a device that has synchronised. */
import { describe, expect, it } from 'vitest';
import { lossesText } from '../../functions/cli/losses-text.ts';
import { UnknownLoginError } from '../../lib/app/accounts.ts';
import { deviceLosses, UnknownDeviceError } from '../../lib/app/losses.ts';
import { BODY_PART } from '../../lib/engine/model/limits.ts';
import { wholeSync } from '../engine/steps.ts';
import { add, taking, vcard } from '../kit/drafts.ts';
import { startServer } from '../kit/server.ts';

const TO = { login: 'anna', device: 'phone-1' };

async function synchronised() {
  const server = await startServer();
  const info = taking('text/x-vcard', '2.1', ['N', 'FN', 'TEL', 'NOTE']);
  await wholeSync(server, { next: 'n1', info });
  await wholeSync(server, { device: 'laptop', next: 'l1' }, [
    add('a', vcard('Ada', 'NICKNAME:A', 'TEL:1')),
    add('b', vcard('Berta', 'NICKNAME:B', `NOTE:${'x'.repeat(BODY_PART)}`)),
  ]);
  return server;
}

describe('the losses of a device', () => {
  it('are counted by datastore and field, large items included', async () => {
    const { store } = await synchronised();
    const [contacts, ...others] = await deviceLosses(store, TO);
    expect(others).toEqual([]);
    expect(contacts).toEqual({
      datastore: 'contacts',
      items: 2,
      formats: ['text/x-vcard 2.1'],
      notTaken: 0,
      fields: [{ field: 'NICKNAME', reason: 'not-listed', items: 2, values: 2 }],
    });
    const text = lossesText('phone-1', [contacts as NonNullable<typeof contacts>]);
    expect(text).toMatch(
      /contacts: 2 items as text\/x-vcard 2\.1\n {2}NICKNAME {2}2 items +2 values +the device does not list it/,
    );
  });

  it('need a login and a device that exist', async () => {
    const { store } = await synchronised();
    await expect(deviceLosses(store, { ...TO, login: 'eve' })).rejects.toThrow(UnknownLoginError);
    await expect(deviceLosses(store, { ...TO, device: 'tablet' })).rejects.toThrow(UnknownDeviceError);
  });

  it('are none where nothing is lost, and say so', () => {
    const none = { datastore: 'notes', items: 1, formats: ['text/plain'], notTaken: 0, fields: [] };
    expect(lossesText('p', [none])).toMatch(/notes: 1 item as text\/plain\n {2}nothing is lost/);
    expect(lossesText('p', [{ ...none, notTaken: 1 }])).toMatch(/1 item in no format that the device takes/);
  });
});
