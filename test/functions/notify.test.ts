/** Options and output of `npm run notify`. */
import { describe, expect, it } from 'vitest';
import { notifyOptions } from '../../functions/cli/notify-options.ts';
import { notificationText } from '../../functions/cli/notify-text.ts';
import { UsageError } from '../../functions/cli/options.ts';
import type { Notified } from '../../lib/app/notify.ts';

describe('the options of notify', () => {
  it('are few', () => {
    expect(notifyOptions(['anna', 'phone-1'])).toEqual({
      place: { store: 'sqlite', data: '.data' },
      to: { login: 'anna', device: 'phone-1' },
      options: {},
    });
  });

  it('are taken', () => {
    const args =
      'anna phone-1 --type 210 --ui 0 --session 65535 --version 1.1 --url http://sync.example.com/syncml --password p --nonce Tm9uY2U= --data d';
    expect(notifyOptions(args.split(' '))).toEqual({
      place: { store: 'sqlite', data: 'd' },
      to: { login: 'anna', device: 'phone-1' },
      options: {
        type: 210,
        uiMode: 0,
        sessionId: 65_535,
        version: '1.1',
        url: 'http://sync.example.com/syncml',
        password: 'p',
        nonce: new Uint8Array(Buffer.from('Nonce')),
      },
    });
  });

  it.each([
    ['', /npm run notify -- USER DEVICE/],
    ['anna', /npm run notify -- USER DEVICE/],
    ['anna phone-1 tablet', /npm run notify -- USER DEVICE/],
    ['anna phone-1 --type 205', /--type takes a number from 206 to 210, not "205"/],
    ['anna phone-1 --type two-way', /--type takes a number/],
    ['anna phone-1 --ui 4', /--ui takes a number from 0 to 3/],
    ['anna phone-1 --session 65536', /--session takes a number from 0 to 65535/],
    ['anna phone-1 --version 1.3', /--version takes 1.0, 1.1, 1.2/],
    ['anna phone-1 --url nowhere', /--url takes a URL/],
    ['anna phone-1 --nonce Nonce', /--nonce takes base64/],
    ['anna phone-1 --store mysql', /sqlite or dynamodb/],
    ['anna phone-1 --tpye 206', /Unknown option '--tpye'/],
  ])('answer "%s" with a sentence', (args, sentence) => {
    const given = args.split(' ').filter((word) => word !== '');
    expect(() => notifyOptions(given)).toThrow(UsageError);
    expect(() => notifyOptions(given)).toThrow(sentence);
  });

  it('ask for help', () => {
    expect(notifyOptions(['-h'])).toBe('help');
  });
});

describe('a notification on the terminal', () => {
  const application = { name: 'x-wap-application:push.syncml', wapCode: 0x05 } as const;
  const binary: Notified = {
    version: '1.2',
    contentType: 'application/vnd.syncml.ds.notification',
    wapCode: 0x4e,
    application,
    bytes: Uint8Array.of(0, 0x1f, 0xff),
    sessionId: 0,
    known: true,
    datastores: ['./contacts', './notes'],
    passwordFrom: 'options',
  };
  const lines = (...args: Parameters<typeof notificationText>) => notificationText(...args).split('\n');

  it('A06: has what it says, the codes of WAP push and the bytes', () => {
    const options = { type: 206, uiMode: 1, nonce: new Uint8Array(4) } as const;
    expect(lines('phone-1', binary, options).slice(0, -1)).toEqual([
      'Device        phone-1, notification package of 1.2',
      'Asks for      two-way sync (206) of ./contacts, ./notes',
      'Session       0, the device chooses',
      'User          works in the background (1)',
      'Signed        with the given password of the server and the given nonce',
      'Content type  application/vnd.syncml.ds.notification, in WAP push 0x4E',
      'Application   x-wap-application:push.syncml, in WAP push 0x05',
      'Bytes         3',
      '',
      '001fff',
      '',
    ]);
  });

  it('says openly what is not known: the version, the datastores, the password', () => {
    const unknown: Notified = { ...binary, known: false, datastores: [], passwordFrom: 'none' };
    const text = notificationText('phone-1', unknown, {});
    expect(text).toContain('of 1.2 (assumed); it never sent its device information');
    expect(text).toContain('all datastores that it has, each as it is set up there');
    expect(text).toContain(
      'with the EMPTY password and an empty nonce: a device that checks it ignores this; see --password',
    );
  });

  it('has neither user nor digest nor code for a message of 1.1', () => {
    const { wapCode: _, passwordFrom: __, ...rest } = binary;
    const message: Notified = {
      ...rest,
      version: '1.1',
      contentType: 'application/vnd.syncml+wbxml',
      sessionId: 77,
    };
    expect(lines('phone-1', message, { type: 209 }).slice(0, 7)).toEqual([
      'Device        phone-1, Alert message in WBXML of 1.1',
      'Asks for      one-way sync from the server (209) of ./contacts, ./notes',
      'Session       77, the device begins with it',
      'Signed        no, a message of this version has no digest',
      'Content type  application/vnd.syncml+wbxml',
      'Application   x-wap-application:push.syncml, in WAP push 0x05',
      'Bytes         3',
    ]);
  });
});
