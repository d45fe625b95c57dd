/** Device information as XML text, for a client that asks for XML on either wire (E65). */
import { encode } from '../codec/codec.ts';
import type { DevInf } from './devinf-model.ts';
import type { Version } from './model.ts';
import { serializeDevInf } from './serialize/devinf.ts';

export const devInfXml = (devInf: DevInf, version: Version): string =>
  Buffer.from(encode(serializeDevInf(devInf, version), 'xml', version)).toString('utf8');
