/** How much work a text is, in units of a budget. */

const [COMMA, SEMICOLON, LINE_FEED] = [44, 59, 10];
/** Long texts are copied and hashed, which is little work for each character, and a little more for each part. */
const [CHARACTERS, PARTS] = [64, 4];

/** The work on a text until it is stored. */
export const weightOf = (text: string): number => partsIn(text) / PARTS + text.length / CHARACTERS;

/** The parts of a text at most: entries of a list, lines. */
export function partsIn(text: string): number {
  let parts = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === SEMICOLON || code === LINE_FEED) parts += 1;
  }
  return parts;
}
