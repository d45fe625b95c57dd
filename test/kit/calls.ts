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
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await run();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  const callsOf = (functions: { readonly [name: string]: string }): number =>
    result
      .flatMap(({ url, functions: all }) =>
        all.map(({ functionName, ranges }) => ({ url, functionName, ranges })),
      )
      .filter(({ url, functionName }) => url.split('?')[0]?.endsWith(`lib/${functions[functionName]}`))
      .reduce((sum, { ranges: [whole] }) => sum + (whole?.count ?? 0), 0);
  return { parses: callsOf(PARSES), writes: callsOf(WRITES) };
}
