/**
 * Reads a transcript: a text file that tells sessions line by line.
 *
 *   0302 handles Adds                  an id and what it checks; the ids of a group stand first
 *   text song = "la "*400              a text that is used as @song, or in part as @song[0:300]
 *   session auth=md5 max-msg=3000      steps stand at the margin
 *   client                             a message; its commands are indented by 2, those inside a Sync by 4
 *   server                             the answer, command by command in this order
 *     Status Add 1 201  [0302]         [id]: only that id depends on this line; without one all of the group do
 *
 * Owns: lines, words, indentation. Must not know: what a step or a command means.
 */
export interface Line {
  readonly words: readonly string[];
  readonly id?: string;
  readonly at: number;
  readonly children: readonly Line[];
}
export interface Transcript {
  readonly name: string;
  readonly ids: ReadonlyMap<string, string>;
  readonly steps: readonly Line[];
}

interface Open extends Line {
  readonly children: Open[];
}

const WORD = /"(?:[^"\\]|\\.)*"(?:\*\d+)?|\S+/g;
const ID = /^\[(\d{4})\]$/;

/** @throws Error for a line that is indented under nothing, or tagged with an id that the file does not declare. */
export function readTranscript(name: string, source: string): Transcript {
  const ids = new Map<string, string>();
  const texts = new Map<string, string>();
  const top: Open = { words: [], at: 0, children: [] };
  const path: Open[] = [top];
  for (const [index, raw] of source.split('\n').entries()) {
    if (/^\s*(#|$)/.test(raw)) continue;
    const declared = /^(\d{4}) (.+)$/.exec(raw);
    const text = /^text (\w+) = (.+)$/.exec(raw);
    if (declared) ids.set(declared[1] ?? '', declared[2] ?? '');
    else if (text) texts.set(text[1] ?? '', JSON.parse(valueOfWord(text[2] ?? '', texts)));
    else {
      const depth = (raw.length - raw.trimStart().length) / 2;
      const parent = path[depth];
      if (parent === undefined) throw new Error(`${name}:${index + 1}: indented under nothing`);
      const line = lineOf(raw, index + 1, texts);
      if (line.id !== undefined && !ids.has(line.id)) throw new Error(`${name}:${index + 1}: unknown id`);
      parent.children.push(line);
      path.splice(depth + 1, path.length, line);
    }
  }
  return { name, ids, steps: top.children };
}

function lineOf(raw: string, at: number, texts: ReadonlyMap<string, string>): Open {
  const words = raw.match(WORD) ?? [];
  const id = ID.exec(words.at(-1) ?? '')?.[1];
  const own = id === undefined ? words : words.slice(0, -1);
  return {
    words: own.map((word) => valueOfWord(word, texts)),
    at,
    children: [],
    ...(id !== undefined && { id }),
  };
}

/** Data is always one JSON string: `"la"*3` is `"lalala"`, `@song[0:3]` the first characters of that text. */
function valueOfWord(word: string, texts: ReadonlyMap<string, string>): string {
  const literal = /^(".*")(?:\*(\d+))?$/s.exec(word);
  if (literal) return JSON.stringify(JSON.parse(literal[1] ?? '').repeat(Number(literal[2] ?? 1)));
  const part = /^@(\w+)(?:\[(\d+):(\d*)\])?$/.exec(word);
  if (!part) return word;
  const text = texts.get(part[1] ?? '');
  if (text === undefined) throw new Error(`there is no text ${part[1]}`);
  const end = part[3] === undefined || part[3] === '' ? text.length : Number(part[3]);
  return JSON.stringify(text.slice(Number(part[2] ?? 0), end));
}

/** `key=value` words apart from the rest. */
export function splitWords(words: readonly string[]): { plain: string[]; keys: Map<string, string> } {
  const isKey = (word: string) => /^[a-z-]+=/.test(word);
  const pairs = words.filter(isKey).map((word) => {
    const at = word.indexOf('=');
    return [word.slice(0, at), word.slice(at + 1)] as const;
  });
  return { plain: words.filter((word) => !isKey(word)), keys: new Map(pairs) };
}
