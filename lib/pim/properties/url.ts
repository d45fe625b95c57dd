/** Links as they are compared. */

/** Scheme and host have no case, and a slash at the end says nothing. */
export const spelledUrl = (url: string): string =>
  url.replace(/^[a-z]+:\/\/[^/]*/i, (start) => start.toLowerCase()).replace(/\/$/, '');

/** A page of the web is the same with its scheme, in either form, and without. */
export const urlMeaning = (url: string): string =>
  spelledUrl(url)
    .replace(/^https?:\/\//, '')
    .replace(/^[^/]*/, (host) => host.toLowerCase());
