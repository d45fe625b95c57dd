/** Rights by pairs: what the code does is allowed, what it does not is refused. */
import { describe, expect, it } from 'vitest';
import { createCrmFeedHandler } from '../../../functions/lambda/crm-feed/handler.ts';
import { createSyncmlHandler } from '../../../functions/lambda/syncml/handler.ts';
import { GRANTS } from '../../../infra/aws/grants.ts';
import { toStreamEvent } from '../../../infra/local/stream-event.ts';
import { putAccount } from '../../../lib/app/accounts.ts';
import { putCrmChange } from '../../../lib/app/ingest.ts';
import type { Store, Write } from '../../../lib/store/port/port.ts';
import { TABLES, type TableName } from '../../../lib/store/rows/schema.ts';
import type { SqliteStore } from '../../../lib/store/sqlite/store.ts';
import { sqliteStream } from '../../../lib/store/sqlite/stream.ts';
import { CONTEXT, crmChange, httpEvent, memoryDeps } from '../../functions/events.ts';
import { resources, synthesize } from './stacks.ts';

const ACTIONS: { readonly [op in Write['op']]: string } = {
  put: 'PutItem',
  set: 'UpdateItem',
  delete: 'DeleteItem',
  check: 'ConditionCheckItem',
};

/** A store that notes the rights that each call needs. */
function noting(store: Store): { store: Store; used: Set<string> } {
  const used = new Set<string>();
  const note = (table: TableName, action: string) => used.add(`${table} ${action}`);
  return {
    used,
    store: {
      ...store,
      get: (keys) => {
        for (const { table } of keys) note(table, 'BatchGetItem');
        return store.get(keys);
      },
      query: (range) => {
        note(range.table, 'Query');
        return store.query(range);
      },
      transact: (writes) => {
        for (const write of writes)
          note('row' in write ? write.row.table : write.key.table, ACTIONS[write.op]);
        return store.transact(writes);
      },
    },
  };
}

const allowed = (name: keyof typeof GRANTS): string[] =>
  Object.entries(GRANTS[name]).flatMap(([table, actions]) => actions.map((action) => `${table} ${action}`));

const CRED = Buffer.from('anna:correct horse').toString('base64');
const message = (id: number, body: string) => `<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD>
<VerProto>SyncML/1.2</VerProto><SessionID>1</SessionID><MsgID>${id}</MsgID><Target><LocURI>/syncml</LocURI></Target>
<Source><LocURI>phone-1</LocURI></Source><Cred><Meta><Type xmlns="syncml:metinf">syncml:auth-basic</Type></Meta>
<Data>${CRED}</Data></Cred></SyncHdr><SyncBody>${body}<Final/></SyncBody></SyncML>`;
const PLACES = '<Target><LocURI>contacts</LocURI></Target><Source><LocURI>./contacts</LocURI></Source>';
const MESSAGES = [
  `<Alert><CmdID>1</CmdID><Data>200</Data><Item>${PLACES}<Meta><Anchor xmlns="syncml:metinf"><Next>1</Next></Anchor></Meta>
  </Item></Alert>`,
  `<Sync><CmdID>1</CmdID>${PLACES}<Add><CmdID>2</CmdID><Item><Source><LocURI>1</LocURI></Source>
  <Meta><Type xmlns="syncml:metinf">text/x-vcard</Type></Meta>
  <Data>BEGIN:VCARD\nVERSION:2.1\nN:Lind;Ada\nEND:VCARD</Data></Item></Add></Sync>`,
  '<Alert><CmdID>1</CmdID><Data>222</Data><Item/></Alert>',
];

describe('the rights', () => {
  it('of syncml suffice for a sync', async () => {
    const { deps } = memoryDeps();
    await putAccount(deps.store, { login: 'anna', password: 'correct horse' });
    const { store, used } = noting(deps.store);
    const handler = createSyncmlHandler({ ...deps, store });
    for (const [at, body] of MESSAGES.entries()) {
      const headers = { 'content-type': 'application/vnd.syncml+xml' };
      const event = httpEvent({ method: 'POST', path: '/syncml', headers, body: message(at + 1, body) });
      expect((await handler(event, CONTEXT)).statusCode).toBe(200);
    }
    expect(used).toContain('items PutItem');
    expect([...used].filter((right) => !allowed('syncml').includes(right))).toEqual([]);
  });

  it('of crm-feed suffice for adding, changing and deleting', async () => {
    const { deps } = memoryDeps();
    const changes = ['a', 'b', 'c'].map((eventId) => crmChange({ eventId, record: 'r' }));
    for (const change of changes) await putCrmChange(deps.store, change);
    await putCrmChange(deps.store, {
      eventId: 'd',
      user: 'anna',
      datastore: 'contacts',
      record: 'r',
      op: 'delete',
      at: 0,
    });
    const stream = sqliteStream({ store: deps.store as SqliteStore }, 'crm-changes');
    const { records } = await stream.read(undefined, 100);
    const { store, used } = noting(deps.store);
    const result = await createCrmFeedHandler({ ...deps, store })(toStreamEvent(records), CONTEXT);
    expect(result.batchItemFailures).toEqual([]);
    expect(used).toContain('crm-changes UpdateItem');
    expect([...used].filter((right) => !allowed('crm-feed').includes(right))).toEqual([]);
  });

  it('refuse the changes of the CRM to syncml, and accounts and sessions to the feed', () => {
    expect(Object.keys(GRANTS.syncml)).not.toContain('crm-changes');
    expect(GRANTS.syncml.accounts).toEqual(['BatchGetItem']);
    expect(Object.keys(GRANTS['crm-feed']).sort()).toEqual(['anchors', 'crm-changes', 'items']);
    expect(GRANTS['crm-feed']['crm-changes']).not.toContain('PutItem');
    expect(GRANTS.site).toEqual({});
  });
});

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

describe('the policies', () => {
  const { service } = synthesize();
  const policies = resources(service, 'AWS::IAM::Policy').map(({ Properties }) => ({
    role: JSON.stringify(Properties.Roles),
    statements: (Properties.PolicyDocument as { Statement: Statement[] }).Statement,
  }));

  /** `items PutItem` and so on, as the template has it. */
  function granted(role: RegExp): string[] {
    const statements = policies
      .filter((policy) => role.test(policy.role))
      .flatMap((policy) => policy.statements);
    return statements.flatMap(({ Action, Resource }) => {
      const named = TABLES.filter((table) =>
        JSON.stringify(Resource).includes(`Att${table.replace('-', '')}`),
      );
      const actions = [Action].flat().filter((action) => /^dynamodb:.*Item$|^dynamodb:Query$/.test(action));
      return named.flatMap((table) =>
        actions.map((action) => `${table} ${action.slice('dynamodb:'.length)}`),
      );
    });
  }

  it('grant what the table of rights says, no more and no less', () => {
    expect(granted(/syncml/).sort()).toEqual(allowed('syncml').sort());
    expect(granted(/crmfeed/).sort()).toEqual(allowed('crm-feed').sort());
    expect(granted(/site/)).toEqual([]);
  });

  it('name their resources, except where AWS has none to name', () => {
    const wide = policies.flatMap(({ statements }) => statements).filter(({ Resource }) => Resource === '*');
    expect(
      wide.flatMap(({ Action }) => Action).filter((action) => action !== 'dynamodb:ListStreams'),
    ).toEqual([]);
  });
});
