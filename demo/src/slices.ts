/**
 * Work on the page in slices, so that it never holds up whoever uses it.
 *
 * @module
 */

/** Milliseconds of a slice; a task of more than 50 is felt. */
const SLICE = 8;

/** One piece of work that is done in slices; beginning it anew leaves the rest of the one before undone. */
export class Slices {
  #turn = 0;

  /** Each step must be short. */
  async run(steps: Iterator<unknown>): Promise<void> {
    const turn = ++this.#turn;
    for (;;) {
      const began = performance.now();
      while (performance.now() - began < SLICE) if (steps.next().done === true) return;
      // A timer, since frames stand still in a page that is not seen.
      await new Promise((resolve) => setTimeout(resolve));
      if (turn !== this.#turn) return;
    }
  }
}

/** Calls something soon, once, however often it was asked to. */
export function soon(act: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    setTimeout(() => {
      asked = false;
      act();
    }, 60);
  };
}
