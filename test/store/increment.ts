/** A process for sqlite.test.ts: raises the counter in the file argv[2] argv[3] times, against all others that do. */
import { sqliteStore } from '../../lib/store/sqlite/store.ts';

const [file = '', times = '0'] = process.argv.slice(2);
const store = sqliteStore({ file, streams: ['items'] });
const key = { table: 'items', pk: 'counters', sk: 'one' } as const;

for (let done = 0; done < Number(times); ) {
  const [row] = await store.get([key]);
  const attributes = { count: Number(row?.attributes.count ?? 0) + 1 };
  const condition = row === undefined ? 'absent' : { version: row.version };
  const version = (row?.version ?? 0) + 1;
  const outcome = await store.transact([{ op: 'put', row: { ...key, version, attributes }, condition }]);
  if (outcome === 'committed') done += 1;
}
await store.close();
