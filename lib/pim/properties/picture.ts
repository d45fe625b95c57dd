/** Compares pictures of contacts. Some devices shrink pictures; a smaller copy must not replace the original. */
/// <reference path="./decoders.d.ts" />
import decodeJpeg from 'jpeg-js/lib/decoder.js';
import parsePng from 'pngjs/lib/parser-sync.js';

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: red, green, blue, opacity. */
  readonly data: Uint8Array;
}

/** Larger pictures are not decoded, because that would take seconds. */
const MAX_MEGAPIXELS = 3;
/** A JPEG with more scans than any camera writes is not decoded either. */
const MAX_SCANS = 20;
/** The side of the grid on which two pictures are compared. */
const GRID = 8;
/** The mean difference in brightness (0 to 255) that compression may cause. Pictures that differ more are different. */
const TOLERANCE = 10;

/** The mean brightness of each field of the grid. */
export type Grid = readonly number[];

/** Do the grids of two pictures differ by no more than compression may cause? */
export const isSamePicture = (one: Grid, other: Grid): boolean =>
  one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length <= TOLERANCE;

/** The grid of a picture in base64. Undefined for a picture that cannot be decoded, such as a GIF. */
export function gridOf(base64: string): Grid | undefined {
  const pixels = pixelsOf(Buffer.from(base64, 'base64'));
  if (pixels === undefined) return undefined;
  const { width, height, data } = pixels;
  const sums = new Array<number>(GRID * GRID).fill(0);
  const counts = new Array<number>(GRID * GRID).fill(0);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const field = Math.floor((y * GRID) / height) * GRID + Math.floor((x * GRID) / width);
      const [red = 0, green = 0, blue = 0] = data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3);
      sums[field] = (sums[field] ?? 0) + 0.299 * red + 0.587 * green + 0.114 * blue;
      counts[field] = (counts[field] ?? 0) + 1;
    }
  return sums.map((sum, at) => sum / (counts[at] || 1));
}

function pixelsOf(bytes: Buffer): Pixels | undefined {
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xd8 && scansIn(bytes) <= MAX_SCANS)
      return decodeJpeg(bytes, {
        useTArray: true,
        maxResolutionInMP: MAX_MEGAPIXELS,
        maxMemoryUsageInMB: 200,
      });
    const isPng = bytes.subarray(1, 4).toString('latin1') === 'PNG' && bytes.length > 24;
    const isSmall = isPng && bytes.readUInt32BE(16) * bytes.readUInt32BE(20) <= MAX_MEGAPIXELS * 1_000_000;
    return isSmall ? parsePng(bytes, {}) : undefined;
  } catch {
    return undefined; // not a picture, or a damaged one
  }
}

/** Counts the scans of a JPEG by their markers. */
function scansIn(bytes: Buffer): number {
  let scans = 0;
  for (let at = bytes.indexOf(SCAN); at >= 0 && scans <= MAX_SCANS; at = bytes.indexOf(SCAN, at + 2))
    scans += 1;
  return scans;
}
const SCAN = Buffer.from([0xff, 0xda]);
