/** The halves of two libraries that read pictures; their other halves write them, and would be a bundle's largest parts. */
declare module 'jpeg-js/lib/decoder.js' {
  import { decode } from 'jpeg-js';
  export default decode;
}
declare module 'pngjs/lib/parser-sync.js' {
  import type { PNGOptions, PNGWithMetadata } from 'pngjs';
  export default function parse(buffer: Buffer, options: PNGOptions): PNGWithMetadata;
}
