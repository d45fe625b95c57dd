/** Sets what a run found beside the table of judged differences. */
/** A difference that is known, and what is to be thought of it. */
export interface Judgement {
  /** The story; of items, the dialect that they are written in. */
  readonly scene: string;
  /** `theirs` is a fault of this product. */
  readonly right: 'ours' | 'theirs' | 'both' | 'neither';
  /** A plain sentence. */
  readonly why: string;
  /** As the command prints them: an other value is another difference, and not judged. */
  readonly differences: readonly string[];
}

export interface Judged {
  readonly scene: string;
  readonly text: string;
  /** Undefined: nobody has judged it. */
  readonly judgement?: Judgement;
}

/** The texts of what was found in one story, each with its judgement. */
export const judge = (scene: string, found: readonly string[], judgements: readonly Judgement[]): Judged[] =>
  found.map((text) => {
    const judgement = judgements.find((one) => one.scene === scene && one.differences.includes(text));
    return { scene, text, ...(judgement !== undefined && { judgement }) };
  });

/** Judged differences of the stories that were played which did not show any more. */
export function stale(
  scenes: readonly string[],
  found: readonly Judged[],
  judgements: readonly Judgement[],
): Judged[] {
  const shows = (scene: string, text: string): boolean =>
    found.some((one) => one.scene === scene && one.text === text);
  return judgements
    .filter(({ scene }) => scenes.includes(scene))
    .flatMap((judgement) =>
      judgement.differences
        .filter((text) => !shows(judgement.scene, text))
        .map((text) => ({ scene: judgement.scene, text, judgement })),
    );
}
