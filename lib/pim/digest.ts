/** The short hash of a text, for hashes and keys of contents. */
import { hash } from 'node:crypto';

/** 128 bits of SHA-256 as 22 base64url characters. */
export const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 22);
