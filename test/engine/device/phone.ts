/** A phone with a calendar, whose items and whose anchor tests look at and change. */
import { peerOfDevice } from '../../../lib/engine/model/ids.ts';
import { anchorKey } from '../../../lib/store/rows/keys.ts';
import { Device } from '../../kit/device.ts';
import { type TestServer, USER } from '../../kit/server.ts';

/** A device that keeps base64 as the text that it is. */
export class Phone extends Device {
  override async sync(code?: number) {
    const result = await super.sync(code);
    for (const [luid, text] of this.items)
      if (/^[\w+/=\s]+$/.test(text)) this.items.set(luid, Buffer.from(text, 'base64').toString('utf8'));
    return result;
  }
}

/** Sets how far the lists of the phone go by its anchor. Gives what the anchor said before. */
export async function setDates({ store }: TestServer, until: string | undefined) {
  const key = anchorKey({ user: USER, datastore: 'calendar' }, peerOfDevice('phone'));
  const [row] = await store.get([key]);
  if (row === undefined) throw new Error('the phone has no anchor');
  const { dates, ...others } = row.attributes;
  const attributes = until === undefined ? others : { ...others, dates: until };
  await store.transact([{ op: 'put', row: { ...row, attributes }, condition: 'any' }]);
  return dates;
}
