/** Texts of items in the stored form, as far as that is a matter of line ends. */

export const isVFormat = (type: string): boolean => /vcard|calendar|vnote/i.test(type);

/** Brings the line ends to the stored form: CRLF for vCard and iCalendar (XML turns it into LF), LF for plain text. */
export function canonicalText(type: string, text: string): string {
  const lines = text.replace(/\r\n?/g, '\n');
  if (!isVFormat(type)) return lines;
  let end = lines.length;
  while (lines.charAt(end - 1) === '\n') end -= 1;
  return `${lines.slice(0, end)}\n`.replace(/\n/g, '\r\n');
}
