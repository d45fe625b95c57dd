/** Normalises texts for comparison. */

/** Removes blanks at both ends and makes one of several, because programs change blanks. */
export const spacedText = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** Removes differences in case as well, which mean nothing to people. */
export const foldedText = (text: string): string => spacedText(text).toLowerCase();
