/** The order of test files: those that take long begin first, so that none of them is left over at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A fresh clone knows no times, and would go by the size of the files. */
const LONG =
  /\/(simulation|fuzz|bundles|grants|books|oracle|message-size|large-objects|any-order|contract)\.[a-z.]*ts$/;
const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const projects = Map.groupBy(await super.sort(files), ({ project }) => project);
    return [...projects.values()].flatMap((sorted) => [
      ...sorted.filter(isLong),
      ...sorted.filter((file) => !isLong(file)),
    ]);
  }
}
