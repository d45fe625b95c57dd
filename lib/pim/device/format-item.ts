/**
 * Items in the format of a device and within its capabilities: as the text that goes to the device, and as the view,
 * which is the item that the device has when it has got that text.
 */
import { Content } from '../content.ts';
import { rowOf } from '../formats/content-types.ts';
import { forDevice } from '../formats/icalendar/for-device.ts';
import { isRequired, withRequired } from '../formats/icalendar/required.ts';
import { isNote } from '../formats/note.ts';
import { type Format, familyOf, type ItemTree, type ParsedItem } from '../formats/registry.ts';
import { isSif, toSif } from '../formats/sif/items.ts';
import { withoutKeptFields } from '../formats/sif/unknown.ts';
import { documentAsRead, type SifDocument, writeSif } from '../formats/sif/xml.ts';
import { toVcalendar } from '../formats/vcalendar/calendar.ts';
import { underListedNames } from '../formats/vcard/aliases.ts';
import { cardInDialect } from '../formats/vcard/canonical.ts';
import { noteToVnote } from '../formats/vnote.ts';
import { contentFrom, readItem } from '../read-item.ts';
import { asRead } from '../vobject/as-read.ts';
import { type Component, type Dialect, isFirstGeneration } from '../vobject/model.ts';
import { workOnTrees } from '../vobject/tree-work.ts';
import { writeObject } from '../vobject/write.ts';
import { spend } from '../work/budget.ts';
import { ALL, type DeviceCapabilities } from './capabilities.ts';
import { takesPart, withinCapabilities } from './limits.ts';

/** An item in the format of a device. An item that cannot be parsed goes as it is stored. */
type Formatted =
  | { readonly is: 'object'; readonly type: string; readonly tree: Component; readonly dialect: Dialect }
  | { readonly is: 'sif'; readonly type: string; readonly document: SifDocument }
  | { readonly is: 'stored'; readonly type: string; readonly content: Content };

/** The text of an item, and its content type in the format of the device. */
export interface FormattedItem {
  readonly type: string;
  readonly body: string;
}

/**
 * Writes an item for a device. `to` is undefined for a device that takes none of the formats of the item. `id` is the
 * item's, for a format that requires one.
 */
export function writeItem(
  content: Content,
  to: Format | undefined,
  capabilities: DeviceCapabilities = ALL,
  id: string = '',
): FormattedItem {
  const formatted = inFormat(content, to, capabilities, id);
  return { type: formatted.type, body: textOf(formatted, content, capabilities) };
}

/**
 * The view of the device: the item as the device has it after it got the item, in the stored form. Throws OverBudget, within
 * a budget.
 */
export function seenOf(
  content: Content,
  to: Format | undefined,
  capabilities: DeviceCapabilities = ALL,
  id: string = '',
): Content {
  spend(workOnTrees(content.objects));
  const formatted = inFormat(content, to, capabilities, id);
  const { type } = formatted;
  if (isWholeOf(formatted, content) && content.isReadAgain) return content;
  const text = () => textOf(formatted, content, capabilities);
  const parsed = parsedOf(formatted, capabilities);
  return parsed === undefined ? readItem(type, text()).content : contentFrom(type, parsed, text);
}

function textOf(formatted: Formatted, content: Content, { charset, unfolded }: DeviceCapabilities): string {
  if (formatted.is === 'stored') return formatted.content.storedText;
  if (formatted.is === 'sif') return writeSif(formatted.document);
  if (isWholeOf(formatted, content)) return content.storedText;
  const isUnfolded = unfolded === true && isFirstGeneration(formatted.dialect);
  return writeObject(formatted.tree, formatted.dialect, { charset, unfolded: isUnfolded });
}

/** Is the item written for the device exactly as it is stored? */
const isWholeOf = (formatted: Formatted, content: Content): boolean =>
  formatted.is === 'object' && !isFirstGeneration(formatted.dialect) && content.isOf(formatted.tree);

/**
 * The result that a reader of the written text would have. Undefined where the text has to be written and read to know
 * it.
 */
function parsedOf(formatted: Formatted, { charset }: DeviceCapabilities): ParsedItem | undefined {
  if (formatted.is === 'stored') return formatted.content.parsed;
  if (formatted.is === 'sif') {
    const sif = documentAsRead(formatted.document);
    return sif && { sif };
  }
  const { tree, dialect } = formatted;
  const component = asRead(tree, dialect, charset);
  return component && { objects: [{ dialect, component }] };
}

function inFormat(
  content: Content,
  to: Format | undefined,
  capabilities: DeviceCapabilities,
  id: string,
): Formatted {
  const asIs = asStored(content);
  if (to === undefined) return asIs;
  const family = familyOf(to.type);
  const isOfFamily = familyOf(content.type) === family;
  const tree = family === 'note' ? content.note : isOfFamily ? content.tree : undefined;
  if (tree === undefined) return asIs;
  if (isSif(to.type)) {
    const document = toSif(tree, capabilities);
    return document === undefined ? asIs : { is: 'sif', type: to.type, document };
  }
  const dialect = rowOf(to.type, to.version)?.dialect;
  if (dialect === undefined) return isNote(tree) ? asStored(Content.ofTree({ ...tree, rest: [] })) : asIs;
  const plain = isNote(tree) ? tree : withoutKeptFields(tree);
  const uid = () => (id === '' ? content.key : id);
  return { is: 'object', type: to.type, dialect, tree: inDialect(plain, dialect, capabilities, uid) };
}

const asStored = (content: Content): Formatted => ({ is: 'stored', type: content.type, content });

const showsFirms = (listed: DeviceCapabilities['properties']): boolean =>
  listed === undefined || listed.has('FN') || listed.has('ORG');

function inDialect(
  tree: ItemTree,
  dialect: Dialect,
  capabilities: DeviceCapabilities,
  uid: () => string,
): Component {
  const { utc, oneEvent = false, datesUntil, vcalendar, properties } = capabilities;
  if (isNote(tree)) return withinCapabilities(withoutKeptFields(noteToVnote(tree)), capabilities);
  switch (dialect) {
    case 'icalendar-2.0': {
      const zones = takesPart('VTIMEZONE', properties);
      const calendar = withRequired(forDevice(tree, { utc, oneEvent, zones }), uid);
      return withinCapabilities(calendar, capabilities, isRequired);
    }
    case 'vcalendar-1.0': {
      const listed = properties && [...properties.keys()];
      const dates = datesUntil === undefined ? {} : { datesUntil };
      const device = { ...vcalendar, ...dates, utc, ...(listed && { listed }) };
      return withinCapabilities(toVcalendar(tree, device), capabilities);
    }
    default:
      return withinCapabilities(
        cardInDialect(underListedNames(tree, properties?.keys()), dialect, showsFirms(properties)),
        capabilities,
      );
  }
}
