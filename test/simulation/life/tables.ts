/** A table of the server is put back to an earlier moment by itself. From then on only what a device holds counts. */
import type { TableName } from '../../../lib/store/rows/schema.ts';
import type { Facts } from './facts.ts';
import type { Life } from './life.ts';
import { nameIn } from './names.ts';
import { noteNarrowed } from './typed-item.ts';

export async function copyTable({ tables, lines }: Life, table: TableName): Promise<void> {
  if (tables === undefined) return;
  tables.copies.push(await tables.store.copy(table));
  lines.push(`the table ${table} is copied`);
}

export async function restoreTable(life: Life): Promise<void> {
  const { tables, dice, server, lines } = life;
  const copy = tables?.copies.pop();
  if (tables === undefined || copy === undefined) return;
  await tables.store.putBack(copy);
  if (dice.chance(0.5)) server.restart();
  lines.push(`the table ${copy.table} is restored`);
  if (copy.table === 'items') noteRestored(life);
  else noteCompared(life);
}

/**
 * What the table of the anchors lacks stands in the items: the devices compare, and nothing is lost by that. But the server may
 * not know any more what a device shows narrower than it is: nobody can tell a day in the place of a time from an edit.
 */
function noteCompared({ typed, devices }: Life): void {
  for (const { phone, database } of devices.flatMap((device) => device.books))
    for (const text of database.contents) {
      const facts = phone.read(text);
      const item = typed.item(phone.kind, nameIn(facts));
      if (item !== undefined) noteNarrowed(item, facts, ['due', ...(phone.narrows ?? [])]);
    }
}

function noteRestored({ typed, devices, records }: Life): void {
  // The CRM does not learn of it, and what it saves is not compared with what the devices bring back.
  records.clear();
  const books = devices.flatMap((device) => device.books);
  for (const item of typed.items.values()) {
    const held = books.flatMap(({ phone, database, at }) =>
      phone.kind === item.kind
        ? database.contents
            .map((text): Facts => phone.read(text))
            .filter((facts) => nameIn(facts) === item.name)
            .map((facts) => ({ at, facts, shows: phone.holds }))
        : [],
    );
    typed.heldAlone(item, held);
  }
}
