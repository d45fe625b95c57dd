/** The value of the key, which is made when it is asked for the first time; undefined counts as a value. */
export function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  const known = made.get(key);
  if (known !== undefined || made.has(key)) return known as T;
  const value = make();
  made.set(key, value);
  return value;
}
