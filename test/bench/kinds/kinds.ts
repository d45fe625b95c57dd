/** All kinds of sync that are measured, by the name that options take, with their goals. */
import { CONTACTS, EVENTS, PHOTOS } from '../material.ts';
import { firstMatch, refreshFromClient, slowSync } from './comparing.ts';
import { crmFeed } from './crm-feed.ts';
import type { Kind } from './kind.ts';
import { newDeviceOf, updateOf, uploadOf } from './one-way.ts';

const contacts = { item: 'item' } as const;
const events = { item: 'event' } as const;
const photos = { item: 'photo', sizes: [40, 120] } as const;

export const KINDS: { readonly [name: string]: Kind } = {
  upload: { ...contacts, title: 'upload of contacts', prepare: uploadOf(CONTACTS), goals: { cpu: 0.3 } },
  update: { ...contacts, title: 'update of contacts', prepare: updateOf(CONTACTS), goals: { cpu: 0.5 } },
  'new-device': {
    ...contacts,
    title: 'new device gets all contacts',
    prepare: newDeviceOf(CONTACTS),
    goals: { cpu: 0.4 },
  },
  'event-upload': { ...events, title: 'upload of events', prepare: uploadOf(EVENTS) },
  'event-update': { ...events, title: 'update of events', prepare: updateOf(EVENTS) },
  'event-new-device': { ...events, title: 'new device gets all events', prepare: newDeviceOf(EVENTS) },
  'photo-upload': { ...photos, title: 'upload of contacts with photos', prepare: uploadOf(PHOTOS) },
  'photo-new-device': {
    ...photos,
    title: 'new device gets all contacts with photos',
    prepare: newDeviceOf(PHOTOS),
    goals: { reads: 30, writes: 60 },
  },
  'slow-sync': {
    ...contacts,
    title: 'slow sync, nothing changes',
    prepare: slowSync,
    goals: { largest: { 10000: 1_000, 100000: 2_000 } },
  },
  'first-match': {
    ...contacts,
    title: 'first match of two address books',
    sizes: [1_000],
    prepare: firstMatch,
    // 1.5 seconds in all.
    goals: { cpu: { 1000: 1.5 } },
  },
  'refresh-from-client': {
    ...contacts,
    title: 'refresh from the client, half of all is deleted',
    prepare: refreshFromClient,
  },
  'crm-feed': { item: 'change', title: 'feed of the CRM', prepare: crmFeed },
};
