/** Items as texts, as tests write them: what goes into the rooms of lib/pim and comes out of them. */
import { Content } from '../../lib/pim/content.ts';
import type { DeviceCapabilities } from '../../lib/pim/device/capabilities.ts';
import * as formatting from '../../lib/pim/device/format-item.ts';
import * as losing from '../../lib/pim/device/losses.ts';
import type { Format } from '../../lib/pim/formats/registry.ts';
import * as blocking from '../../lib/pim/match/blocking.ts';
import * as preparing from '../../lib/pim/match/prepare.ts';
import * as merging from '../../lib/pim/merge/merge-item.ts';
import type { Edit } from '../../lib/pim/merge/sides.ts';
import * as reading from '../../lib/pim/read-item.ts';
import type { Component } from '../../lib/pim/vobject/model.ts';

export interface TextItem {
  readonly type: string;
  readonly body: string;
}

export const contentOf = ({ type, body }: TextItem): Content => Content.ofText(type, body);
export const textItem = ({ type, storedText: text }: Content): TextItem => ({ type, body: text });
export const treeOf = (item: TextItem): Component | undefined => contentOf(item).tree;

/** As it is stored. */
export const readItem = (type: string, data: string | Uint8Array, charset?: string): TextItem =>
  textItem(reading.readItem(type, data, { charset }).content);
/** As a device gets it. */
export const writeItem = (item: TextItem, format: Format, capabilities?: DeviceCapabilities): TextItem =>
  formatting.writeItem(contentOf(item), format, capabilities);
/** What a device has of it. */
export const seenOf = (item: TextItem, format: Format, capabilities?: DeviceCapabilities): TextItem =>
  textItem(formatting.seenOf(contentOf(item), format, capabilities));
export const losses = (item: TextItem, format: Format, capabilities: DeviceCapabilities): losing.Loss[] =>
  losing.losses(contentOf(item), format, capabilities);

export const listBlockingKeys = (item: TextItem): readonly string[] =>
  blocking.listBlockingKeys(contentOf(item));
export const prepare = (item: TextItem): preparing.Prepared | undefined => preparing.prepare(contentOf(item));

type TextEdit = Omit<Edit, 'current' | 'base' | 'sent'> & {
  readonly current: TextItem;
  readonly base: { readonly item: TextItem; readonly seen: TextItem } | undefined;
  readonly sent: TextItem;
};
export function mergeEdit({ current, base, sent, ...rest }: TextEdit): { item: TextItem; clashes: number } {
  const known = base && { item: contentOf(base.item), seen: contentOf(base.seen) };
  const edit = { current: contentOf(current), base: known, sent: contentOf(sent), ...rest };
  const { item, clashes } = merging.mergeEdit(edit);
  return { item: textItem(item), clashes };
}
