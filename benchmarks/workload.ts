import type { State, Step } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';

/** What a step is run with: initial state and a few batches that take turns. */
export interface Work {
  readonly step: Step;
  readonly state: State;
  readonly batches: readonly Readonly<Record<string, Value>>[];
  /** Trained numbers of each network, as PyTorch counts them. */
  readonly parameters: readonly number[];
  /** Metrics that stand beside PyTorch's losses, in its order. */
  readonly losses: readonly string[];
}

/** One row of the table: a step here, and the same work in PyTorch. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly create: () => Work;
  /** What `torch/serve.py` is asked to set up. */
  readonly torch: { readonly work: string; readonly settings: Readonly<Record<string, number>> };
}
