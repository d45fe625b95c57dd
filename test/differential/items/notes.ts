/** Notes: plain texts. */
import { ODD_TEXTS, type SourceItem } from './source.ts';

const plain = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

export const NOTES: readonly SourceItem[] = ODD_TEXTS.map(([name, text]) => ({
  title: name,
  text: `About ${name}\n${plain(text)}\nand so on`,
}));
