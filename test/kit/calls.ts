/** How often functions of lib are called, as V8 itself counts it: nothing in lib takes part. */
import { Session } from 'node:inspector/promises';

/** Functions that turn the text of an item into a tree, or a tree into text: vCard and iCalendar, SIF. */
const PARSES = { readObjects: 'pim/vobject/read.ts', parseElement: 'pim/formats/sif/xml.ts' };
const WRITES = {
  textOfLines: 'pim/vobject/write.ts',
  firstGenerationText: 'pim/vobject/write.ts',
  writeSif: 'pim/formats/sif/xml.ts',
};

export interface Calls {
  readonly parses: number;
  readonly writes: number;
}

/** The calls while `run` runs; what runs beside it in this thread is counted too. */
export async function countCalls(run: () => Promise<unknown>): Promise<Calls> {
  const [parses = 0, writes = 0] = await callsOf([PARSES, WRITES], run);
  return { parses, writes };
}

/** Functions by name, each with its file in lib. */
interface Functions {
  readonly [name: string]: string;
}

/** How often the functions of each group are called while `run` runs. */
export async function callsOf(groups: readonly Functions[], run: () => Promise<unknown>): Promise<number[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await run();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  const calls = result.flatMap(({ url, functions }) =>
    functions.map(({ functionName, ranges }) => ({ url, functionName, count: ranges[0]?.count ?? 0 })),
  );
  return groups.map((functions) =>
    calls
      .filter(({ url, functionName }) => url.split('?')[0]?.endsWith(`lib/${functions[functionName]}`))
      .reduce((sum, { count }) => sum + count, 0),
  );
}
