/** Runs calls at the same time, but no more than so many of them. */

/**
 * The results in the order of `inputs`. After a call that fails no other is begun; those that run are waited for, and
 * the first error is thrown.
 */
export async function inParallel<I, O>(
  inputs: readonly I[],
  most: number,
  call: (input: I) => Promise<O>,
): Promise<O[]> {
  const results: O[] = [];
  const errors: unknown[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < inputs.length && errors.length === 0) {
      const at = next;
      next += 1;
      try {
        results[at] = await call(inputs[at] as I);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, inputs.length) }, work));
  if (errors.length > 0) throw errors[0];
  return results;
}
