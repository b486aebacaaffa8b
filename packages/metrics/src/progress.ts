/** Called while something long is computed: how much of it is done. */
export type Progress = (done: number, total: number) => void;

/** The progress of the `index`-th of several parts of one computation, equally long. */
export const partOf = (progress: Progress | undefined, index: number, parts: number): Progress | undefined =>
  progress && ((done, total) => progress(index * total + done, parts * total));
