/** Mailboxes. Calendars write a mailbox as a `mailto:` URI, contacts usually as plain text. */

export const isMailto = (value: string): boolean => /^mailto:/i.test(value);
export const withoutMailto = (value: string): string => value.replace(/^mailto:/i, '');
export const mailtoOf = (address: string): string => `mailto:${address}`;

/** The one spelling of a mailbox. Case does not count, because mail hosts ignore it. */
export const mailboxOf = (text: string): string => withoutMailto(text.trim()).trim().toLowerCase();
