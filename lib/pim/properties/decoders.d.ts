/**
 * Types for the decoders of two picture libraries. Their encoders are not imported: they would be the largest parts of
 * a bundle.
 */
declare module 'jpeg-js/lib/decoder.js' {
  import { decode } from 'jpeg-js';
  export default decode;
}
declare module 'pngjs/lib/parser-sync.js' {
  import type { PNGOptions, PNGWithMetadata } from 'pngjs';
  export default function parse(buffer: Buffer, options: PNGOptions): PNGWithMetadata;
}
