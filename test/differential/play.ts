/** Plays a story on one server with the real client, and tells how it ended: what each device holds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createDevice, type Datastore, type Device } from '../client/syncevolution.ts';
import {
  type DeviceName,
  type EditStep,
  type Scene,
  SETTLE,
  type Step,
  type SyncStep,
} from './scenes/step.ts';
import type { Account, OpenAccount } from './servers.ts';

export interface EndState {
  /** Texts of the items on each device. */
  readonly items: { readonly [device in DeviceName]: ReadonlyMap<Datastore, readonly string[]> };
  /** Steps that could not be done, in words: a session that failed, an item that is not there to be edited. */
  readonly troubles: readonly string[];
}

/** The folders stay, with the client's logs and messages. */
export const KEEPS = process.env.CLIENT_DEBUG === '1';

type Devices = { readonly [name in DeviceName]: Device };

/** What all stories of a run need. */
export interface Tools {
  /** The preload of the client. */
  readonly shim: string;
  /** Each story gets a folder in it. */
  readonly directory: string;
}

/** Throws when the server or a device cannot be set up. */
export async function play(scene: Scene, open: OpenAccount, { shim, directory }: Tools): Promise<EndState> {
  const workDir = mkdtempSync(join(directory, `${scene.name}-`));
  try {
    return await playOn(scene, await open(scene.name, workDir), { workDir, shim });
  } finally {
    if (!KEEPS) rmSync(workDir, { recursive: true, force: true });
  }
}

interface Place {
  readonly workDir: string;
  readonly shim: string;
}

async function playOn(scene: Scene, account: Account, place: Place): Promise<EndState> {
  try {
    const device = (name: DeviceName) => openDevice(scene, name, { ...account, ...place });
    const devices: Devices = { phone: await device('phone'), laptop: await device('laptop') };
    const troubles: string[] = [];
    for (const step of [...scene.steps, ...SETTLE]) troubles.push(...(await take(step, devices, scene)));
    const items = (one: Device) =>
      new Map(scene.datastores.map((datastore) => [datastore, [...one.items(datastore).values()]] as const));
    return { items: { phone: items(devices.phone), laptop: items(devices.laptop) }, troubles };
  } finally {
    await account.close();
  }
}

const openDevice = (scene: Scene, name: DeviceName, place: Place & Account): Promise<Device> =>
  createDevice({
    ...{ name, url: place.url, user: place.user, password: place.password },
    ...{ workDir: place.workDir, shim: place.shim, oldFormats: scene.oldFormats?.includes(name) ?? false },
    ...(scene.maxMsgSize !== undefined && { maxMsgSize: scene.maxMsgSize }),
  });

/** What went wrong. */
async function take(step: Step, devices: Devices, scene: Scene): Promise<string[]> {
  const device = devices[step.device];
  if (step.does === 'sync') return takeSync(step, device, scene);
  if (step.does === 'add') {
    device.put(step.datastore, step.file, step.text);
    return [];
  }
  const files = [...device.items(step.datastore)].filter(([, text]) => unfolded(text).includes(step.item));
  const [found] = files;
  if (found === undefined || files.length > 1)
    return [`${step.device} has ${files.length} items with "${step.item}", cannot ${step.does} one`];
  const [file, text] = found;
  if (step.does === 'edit') return takeEdit(step, device, [file, unfolded(text)]);
  device.delete(step.datastore, file);
  return [];
}

async function takeSync({ mode, datastores }: SyncStep, device: Device, scene: Scene): Promise<string[]> {
  const { code, report } = await device.sync(mode, datastores.length > 0 ? datastores : scene.datastores);
  const failed = [...report].flatMap(([datastore, { local, remote }]) =>
    local.failed + remote.failed > 0
      ? [`${device.name} could not sync ${local.failed + remote.failed} ${datastore}`]
      : [],
  );
  return code === 0 ? failed : [`a ${mode} sync of ${device.name} failed`, ...failed];
}

function takeEdit(step: EditStep, device: Device, [file, text]: readonly [string, string]): string[] {
  let edited = text;
  for (const { from, to } of step.changes) {
    const before = edited;
    edited = before.replace(from, to);
    if (edited === before) return [`${step.device} has "${step.item}" without ${from}, cannot edit it`];
  }
  device.put(step.datastore, file, edited);
  return [];
}

const unfolded = (text: string): string => text.replace(/\r?\n[ \t]/g, '');
