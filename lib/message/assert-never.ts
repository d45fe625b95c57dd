/** The end of an exhaustive switch: with a missing case the code does not compile. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected ${typeof value}`);
}
