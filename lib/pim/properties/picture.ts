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
/**
 * Nor is a picture whose many scans are more work than this, in units: an item may have two pictures to compare, and is
 * merged all the same.
 */
const MAX_WORK = 700_000;
/** The side of the grid on which two pictures are compared. */
const GRID = 8;
/** The mean difference in brightness (0 to 255) that compression may cause. Pictures that differ more are different. */
const TOLERANCE = 10;

/** The mean brightness of each field of the grid. */
export type Grid = readonly number[];

/** Do the grids of two pictures differ by no more than compression may cause? */
export const isSamePicture = (one: Grid, other: Grid): boolean =>
  one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length <= TOLERANCE;

/**
 * How much work the decoding of a picture in base64 is, by the sizes that it states (lib/pim/work/budget.ts). Each scan of a
 * JPEG passes all pixels.
 */
export function workOfPicture(base64: string): number {
  const bytes = Buffer.from(base64, 'base64');
  const work = workOfPixels(bytes);
  return bytes.length / 64 + (work <= MAX_WORK ? work : 0);
}

function workOfPixels(bytes: Buffer): number {
  if (isPng(bytes)) return pngPixels(bytes) * PNG_PIXEL;
  return isJpeg(bytes) ? jpegPixels(bytes) * JPEG_PIXEL * (1 + scansIn(bytes) / 4) : 0;
}
/** Units for each pixel. */
const PNG_PIXEL = 0.3;
const JPEG_PIXEL = 0.1;

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
    if (workOfPixels(bytes) > MAX_WORK) return undefined;
    if (isJpeg(bytes) && scansIn(bytes) <= MAX_SCANS)
      return decodeJpeg(bytes, {
        useTArray: true,
        maxResolutionInMP: MAX_MEGAPIXELS,
        maxMemoryUsageInMB: 200,
      });
    return isPng(bytes) && pngPixels(bytes) > 0 ? parsePng(bytes, {}) : undefined;
  } catch {
    return undefined; // not a picture, or a damaged one
  }
}

const isPng = (bytes: Buffer): boolean =>
  bytes.subarray(1, 4).toString('latin1') === 'PNG' && bytes.length > 24;
const isJpeg = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

/** The pixels that a PNG states. None where they are too many to be decoded. */
const pngPixels = (bytes: Buffer): number => atMost(bytes.readUInt32BE(16) * bytes.readUInt32BE(20));
const atMost = (pixels: number): number => (pixels <= MAX_MEGAPIXELS * 1_000_000 ? pixels : 0);

/** The most pixels that a frame of a JPEG states. A picture inside the picture counts as a frame. */
function jpegPixels(bytes: Buffer): number {
  let most = 0;
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 9 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2)
      most = Math.max(most, atMost(bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7)));
  }
  return most;
}

/** Counts the scans of a JPEG by their markers. */
function scansIn(bytes: Buffer): number {
  let scans = 0;
  for (let at = bytes.indexOf(SCAN); at >= 0 && scans <= MAX_SCANS; at = bytes.indexOf(SCAN, at + 2))
    scans += 1;
  return scans;
}
const SCAN = Buffer.from([0xff, 0xda]);
