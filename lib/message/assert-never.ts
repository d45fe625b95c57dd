/** The end of an exhaustive switch: the compiler refuses a case that was left out. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected ${typeof value}`);
}
