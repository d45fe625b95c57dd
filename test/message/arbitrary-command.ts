/** Generated commands, those of 1.2 for 1.2 only. */
import fc from 'fast-check';
import type { Command, Version } from '../../lib/message/model.ts';
import { alerts, credOf, itemOf, metaOf, on, source, statuses } from './arbitrary-item.ts';
import { number, sparse, word } from './arbitrary-text.ts';

const cmdId = word.filter((id) => id !== '0');
const name = <N extends string>(...names: N[]) => fc.constantFrom(...names);

function changes(version: Version): fc.Arbitrary<Command>[] {
  const items = fc.array(itemOf(version), { minLength: 1, maxLength: 2 });
  const base = { noResp: on, cred: credOf(version), meta: metaOf(version) };
  const names = name('Add', 'Replace', 'Copy', ...(version === '1.2' ? (['Move'] as const) : []));
  return [
    sparse({ name: names, cmdId, items }, base),
    sparse({ name: name('Delete'), cmdId, items }, { ...base, archive: on, sftDel: on }),
    sparse({ name: name('Get', 'Put'), cmdId, items }, base),
    sparse({ name: name('Exec'), cmdId, items }, base),
  ];
}

function others(version: Version): fc.Arbitrary<Command>[] {
  const items = fc.array(itemOf(version), { minLength: 1, maxLength: 2 });
  const [cred, meta] = [credOf(version), metaOf(version)];
  const mapItems = fc.array(fc.record({ target: word, source: word }), { minLength: 1, maxLength: 3 });
  const chal = sparse(
    { type: name('syncml:auth-basic', 'syncml:auth-md5'), format: fc.constant('b64' as const) },
    { nextNonce: fc.uint8Array({ maxLength: 16 }) },
  );
  const refs = fc.array(word, { minLength: 1, maxLength: 2 });
  return [
    sparse({ name: name('Alert'), cmdId, code: alerts, items }, { noResp: on, cred }),
    sparse(
      { name: name('Results'), cmdId, msgRef: word, cmdRef: word, items },
      { meta, targetRef: word, sourceRef: word },
    ),
    sparse({ name: name('Map'), cmdId, target: source, items: mapItems }, { source, cred, meta }),
    sparse(
      { name: name('Status'), cmdId, msgRef: word, cmdRef: word, cmd: word, code: statuses },
      { targetRefs: refs, sourceRefs: refs, cred, chal, items },
    ),
  ];
}

export function commandOf(version: Version, depth = 2): fc.Arbitrary<Command> {
  const flat = [...changes(version), ...others(version)];
  if (depth === 0) return fc.oneof(...flat);
  const commands = fc.array(commandOf(version, depth - 1), { maxLength: 3 });
  const [cred, meta] = [credOf(version), metaOf(version)];
  const count = version === '1.0' ? {} : { numberOfChanges: number };
  return fc.oneof(
    ...flat,
    sparse(
      { name: name('Sync'), cmdId, target: source, commands },
      { source, noResp: on, cred, meta, ...count },
    ),
    sparse({ name: name('Atomic', 'Sequence'), cmdId, commands }, { noResp: on, meta }),
  );
}
