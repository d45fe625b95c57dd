/** Reads gaps.yaml: `- id: "0101"` with `reason: "text"` under it; comments, and nothing else. */
export type Gaps = ReadonlyMap<string, string>;

/** @throws Error for a line that is neither, an entry without a reason, and an id that stands twice. */
export function readGaps(source: string): Gaps {
  const lines = source.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  if (lines.join('').trim() === '[]') return new Map();
  const gaps = new Map<string, string>();
  for (let at = 0; at < lines.length; at += 2) {
    const id = /^- id: "?([\w-]+)"?$/.exec(lines[at] ?? '')?.[1];
    const reason = /^ {2}reason: "(.+)"$/.exec(lines[at + 1] ?? '')?.[1];
    if (id === undefined || reason === undefined) throw new Error(`gaps.yaml: not an entry: ${lines[at]}`);
    if (gaps.has(id)) throw new Error(`gaps.yaml: ${id} stands twice`);
    gaps.set(id, reason);
  }
  return gaps;
}
