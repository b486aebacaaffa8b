/** A number over time: a pure function of how often the step has run before (0, 1, 2 …). */
export type Schedule = (call: number) => number;
