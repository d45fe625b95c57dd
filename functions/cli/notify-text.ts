/** A notification for a terminal: what it says, how a push names it, and its bytes. */
import type { Notified, NotifyOptions } from '../../lib/app/notify.ts';

const SYNCS: { readonly [type: number]: string } = {
  206: 'two-way sync',
  207: 'one-way sync from the device',
  208: 'refresh from the device',
  209: 'one-way sync from the server',
  210: 'refresh from the server',
};
const UI = ['not specified', 'works in the background', 'is told', 'is asked'];

export function notificationText(device: string, notified: Notified, options: NotifyOptions): string {
  const { bytes, contentType, wapCode, application } = notified;
  const { uiMode = 1 } = options;
  const rows: readonly (readonly [string, string])[] = [
    ['Device', `${device}, ${versionText(notified, options)}`],
    ['Asks for', syncText(notified, options)],
    ['Session', sessionText(notified)],
    ...(notified.version === '1.2' ? ([['User', `${UI[uiMode]} (${uiMode})`]] as const) : []),
    ['Signed', signatureText(notified, options)],
    ['Content type', pushText(contentType, wapCode)],
    ['Application', pushText(application.name, application.wapCode)],
    ['Bytes', String(bytes.length)],
  ];
  const table = rows.map(([name, value]) => `${name.padEnd(14)}${value}`).join('\n');
  return `${table}\n\n${Buffer.from(bytes).toString('hex')}\n\n${FOOTER}`;
}

const FOOTER =
  'Hand these bytes to a push gateway. No device answers them: when no sync follows, send the same bytes again later.';

function versionText({ version, known }: Notified, options: NotifyOptions): string {
  const form = version === '1.2' ? 'notification package' : 'Alert message in WBXML';
  const source = options.version === undefined && !known ? ' (assumed)' : '';
  return `${form} of ${version}${source}${known ? '' : '; it never sent its device information'}`;
}

const syncText = ({ datastores }: Notified, { type = 206 }: NotifyOptions): string =>
  datastores.length === 0
    ? 'all datastores that it has, each as it is set up there'
    : `${SYNCS[type]} (${type}) of ${datastores.join(', ')}`;

const pushText = (name: string, wapCode: number | undefined): string =>
  wapCode === undefined
    ? name
    : `${name}, in WAP push 0x${wapCode.toString(16).toUpperCase().padStart(2, '0')}`;

const sessionText = ({ version, sessionId }: Notified): string =>
  version === '1.2' && sessionId === 0 ? '0, the device chooses' : `${sessionId}, the device begins with it`;

function signatureText({ passwordFrom }: Notified, { nonce }: NotifyOptions): string {
  const over = nonce === undefined ? 'an empty nonce' : 'the given nonce';
  switch (passwordFrom) {
    case 'options':
      return `with the given password of the server and ${over}`;
    case 'account':
      return `with the server's password in the account and ${over}`;
    case 'none':
      return `with the EMPTY password and ${over}: a device that checks it ignores this; see --password`;
    default:
      return 'no, a message of this version has no digest';
  }
}
