/** Which of a player's updates in an iteration one step makes. */
export interface ShareOfUpdates {
  /** Updates of the player in an iteration, by all steps. */
  readonly of: number;
  /** How many of them come before the step's. */
  readonly after: number;
  /** How many the step makes; where it is none the step is never called. */
  readonly makes: number;
  /** Calls that one update takes. */
  readonly calls: number;
}

/**
 * For a step that shares a player's optimizer with another: by its own calls, how many calls of all steps that update the player came
 * before.
 */
export const callsBefore =
  ({ of, after, makes, calls }: ShareOfUpdates) =>
  (call: number): number => {
    const update = Math.floor(call / calls);
    const before = Math.floor(update / Math.max(makes, 1)) * of + after + (update % Math.max(makes, 1));
    return before * calls + (call % calls);
  };
