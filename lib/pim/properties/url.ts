/** Normalises links for comparison. */

/** The one spelling of a link. Case of scheme and host does not count, nor does a slash at the end. */
export const spelledUrl = (url: string): string =>
  url.replace(/^[a-z]+:\/\/[^/]*/i, (start) => start.toLowerCase()).replace(/\/$/, '');

/** A text that is equal for links to the same page: with `http`, with `https` or without a scheme. */
export const urlMeaning = (url: string): string =>
  spelledUrl(url)
    .replace(/^https?:\/\//, '')
    .replace(/^[^/]*/, (host) => host.toLowerCase());
