/** Mailboxes. Calendars write them as a URI, contacts mostly do not. */

export const isMailto = (value: string): boolean => /^mailto:/i.test(value);
export const withoutMailto = (value: string): string => value.replace(/^mailto:/i, '');
export const mailtoOf = (address: string): string => `mailto:${address}`;

/** One spelling for each mailbox: no mail host tells letters by their case. */
export const mailboxOf = (text: string): string => withoutMailto(text.trim()).trim().toLowerCase();
