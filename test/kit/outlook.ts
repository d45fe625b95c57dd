/** What Outlook says of each item. */

/** Without what always comes from Outlook in an appointment, as it has it where there is nothing. */
export const withoutUnset = (lines: readonly string[]): string[] =>
  lines.filter((line) => !/^(PRIORITY:5|CLASS:PUBLIC|TRANSP:OPAQUE)$/.test(line));
