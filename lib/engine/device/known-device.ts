/** The device that a message is from: its row as it was read, and what it says of itself in this message. */
import type { DevInf } from '../../message/devinf-model.ts';
import type { Device } from '../model/records.ts';
import type { Options } from './options.ts';
import { optionsFor } from './rules.ts';

export class KnownDevice {
  private readonly id: string;
  private readonly userAgent: string | undefined;
  private readonly found: Device | undefined;
  private now: Device | undefined;
  private derived: Options;

  constructor(found: Device | undefined, { id, userAgent }: { id: string; userAgent?: string | undefined }) {
    this.id = id;
    this.userAgent = userAgent;
    this.found = found;
    this.now = found;
    this.derived = this.derive();
  }

  get devInf(): DevInf | undefined {
    return this.now?.devInf;
  }

  /** The options that rows.ts has for the device. */
  get options(): Options {
    return this.derived;
  }

  /** The record to write. */
  get record(): Device {
    return this.now ?? { version: 0 };
  }

  get isChanged(): boolean {
    return this.now !== this.found;
  }

  /** Replaces the known device information at once (D05). */
  learn(devInf: DevInf): void {
    this.now = { ...this.record, devInf };
    this.derived = this.derive();
  }

  private derive(): Options {
    return optionsFor({ devId: this.id, userAgent: this.userAgent, devInf: this.devInf });
  }
}
