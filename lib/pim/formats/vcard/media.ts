/**
 * Pictures, sounds and keys of contacts: their bytes, or a link to them. Each version of vCard writes these in its own
 * way; there is one stored form.
 */
import { isOwnerType, isPreference } from '../../properties/parameters.ts';
import { mediaOf, valueTypeOf } from '../../properties/table.ts';
import {
  isEmbedded,
  type Property,
  paramOf,
  typesOf,
  withoutParams,
  withParam,
} from '../../vobject/model.ts';
import { withTypes } from './types.ts';

const isMedia = (name: string): boolean => mediaOf(name) !== undefined;

const IMAGES = new Set(['JPEG', 'PNG', 'GIF', 'BMP', 'TIFF', 'WEBP', 'SVG+XML']);

/** A value that is recognised as a link even without VALUE=uri. */
const BARE_LINK = /^[a-z][a-z\d+.-]+:\S+$/i;

/** Is the value a link? Links have no escapes. */
export const isLink = (of: Property): boolean =>
  !isEmbedded(of) && (paramOf(of, 'VALUE') === 'uri' || (valueTypeOf(of.name) === 'uri' && !isText(of)));
const isText = (of: Property): boolean => paramOf(of, 'VALUE')?.toLowerCase() === 'text';

/**
 * Brings a property to the stored form: bytes in base64, their format as a TYPE, and VALUE only where the name does not
 * imply it.
 */
export function storedMedia(source: Property): Property {
  if (source.params.length === 0 && !isMedia(source.name)) return source;
  const found = embedded(source);
  if (isEmbedded(found)) {
    const plain = withFormats(withoutParams(found, 'VALUE', 'MEDIATYPE'));
    const format = formatOf(plain) ?? formatOfBytes(plain.value);
    return withTypes(plain, [...typesOf(plain), ...(format === undefined ? [] : [format])]);
  }
  const { name } = source;
  const value = paramOf(source, 'VALUE')?.toLowerCase();
  const isUri = value === 'uri' || value === 'url';
  if (isMedia(name)) {
    const isBare = value === undefined && BARE_LINK.test(source.value);
    return isUri || isBare ? withFormats(withMediaType(withParam(source, 'VALUE', 'uri'))) : source;
  }
  if (isUri) {
    const isImplied = valueTypeOf(name) === 'uri' && !name.startsWith('X-');
    return isImplied ? withoutParams(source, 'VALUE') : withParam(source, 'VALUE', 'uri');
  }
  // VALUE=text is dropped where the property is always a text.
  const isImplied = isText(source) && valueTypeOf(name) !== 'uri' && valueTypeOf(name) !== 'time';
  return isImplied ? withoutParams(source, 'VALUE') : source;
}

/** If the value is a data URI, the property with its bytes instead. */
function embedded(source: Property): Property {
  const isUri = isMedia(source.name) || paramOf(source, 'VALUE')?.toLowerCase() === 'uri';
  if (!isUri || !/^data:/i.test(source.value)) return source;
  const value = source.value.replace(/\\([,:;])/g, '$1');
  const [head = '', media = ''] = /^data:([^;,]*)(?:;[^;,]+)*;base64,/i.exec(value) ?? [];
  if (head === '') return source;
  const bytes = withParam({ ...source, value: value.slice(head.length).replace(/\s/g, '') }, 'ENCODING', 'b');
  return media === '' || /octet-stream$/i.test(media)
    ? bytes
    : withTypes(bytes, [...typesOf(bytes), media.replace(/^.*\//, '').toUpperCase()]);
}

/** Brings format names to one spelling: `image/jpeg` and `JPG` become `JPEG`. */
const withFormats = (source: Property): Property =>
  withTypes(
    source,
    typesOf(source).map((type) => type.replace(/^[A-Z]+\//, '').replace(/^JPG$/, 'JPEG')),
  );

/** Converts the MEDIATYPE of a link (vCard 4.0) to a TYPE. */
function withMediaType(source: Property): Property {
  const media = paramOf(source, 'MEDIATYPE')?.toLowerCase() ?? '';
  const format = media.replace(/^.*\//, '').toUpperCase();
  if (media === '' || media !== mediaType(source.name, format)) return source;
  return withTypes(withoutParams(source, 'MEDIATYPE'), [...typesOf(source), format]);
}

/** The TYPE that tells the format. */
const formatOf = (of: Property): string | undefined =>
  typesOf(of).find((type) => !isOwnerType(type) && !isPreference(type));

/** The format of a picture by its first bytes. */
const formatOfBytes = (base64: string): string | undefined =>
  Object.entries({ '/9j/': 'JPEG', iVBOR: 'PNG', R0lG: 'GIF' }).find(([start]) =>
    base64.startsWith(start),
  )?.[1];

const mediaType = (name: string, format: string): string =>
  `${mediaOf(name) ?? (IMAGES.has(format) ? 'image' : 'application')}/${format.toLowerCase()}`;

/** Converts a stored property to vCard 4.0. Undefined for a property without bytes and without a link to media. */
export function mediaToV40(source: Property): Property | undefined {
  const { name } = source;
  const format = formatOf(source);
  const others = typesOf(source).filter((type) => type !== format && type !== 'PREF');
  const plain = withoutParams(source, 'ENCODING', 'VALUE');
  const typed = withTypes(
    plain,
    others.map((type) => type.toLowerCase()),
  );
  if (isEmbedded(source)) {
    const media = format === undefined ? 'application/octet-stream' : mediaType(name, format);
    const bytes = { ...typed, value: `data:${media};base64,${source.value}` };
    return isMedia(name) ? bytes : withParam(bytes, 'VALUE', 'uri');
  }
  if (!isMedia(name) || !isLink(source)) return undefined;
  const link = BARE_LINK.test(source.value) ? typed : withParam(typed, 'VALUE', 'uri');
  return format === undefined ? link : withParam(link, 'MEDIATYPE', mediaType(name, format));
}

/** Brings a link to the stored spelling: without escapes that some programs add, and on one line. */
export const canonicalLink = (value: string): string =>
  value
    .replace(/[\r\n]+/g, '')
    .replace(/(?<!\\)\\+([,;:])/g, '$1')
    .trim();
