/** Texts as they are compared. */

/** Programs add blanks at either end, and make several of one: it is the same text. */
export const spacedText = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** For whoever reads it, case makes no difference either. */
export const foldedText = (text: string): string => spacedText(text).toLowerCase();
