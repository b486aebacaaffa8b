import type { KernelRun } from './backend.js';
import { median } from './median.js';

/** What a layer takes in one call of a step. */
export interface LayerProfile {
  /** Path of the layer, `''` for what is outside any. */
  readonly layer: string;
  /** Milliseconds of what it computes, and of its gradients. */
  readonly forward: number;
  readonly backward: number;
  /** Bytes of the tensors that are made in it. */
  readonly bytes: number;
}

/** What an operator takes in one call of a step. */
export interface OperatorProfile {
  readonly operator: string;
  readonly milliseconds: number;
  /** Kernels. */
  readonly count: number;
  readonly bytes: number;
}

/** Where the time and the memory of a call go. */
export interface KernelSummary {
  /** Milliseconds of a call's kernels, and the bytes they make. */
  readonly kernelMilliseconds: number;
  readonly bytes: number;
  /** Slowest first. */
  readonly layers: readonly LayerProfile[];
  readonly operators: readonly OperatorProfile[];
}

/**
 * The kernels of several calls of one graph by layer and by operator. A kernel counts with the median of its calls: a single
 * one that the machine interrupted would outweigh the others.
 */
export function summarizeKernels(runs: readonly KernelRun[]): KernelSummary {
  const kernels = grouped(runs, ({ node }) => node).map(([, calls]) => ({
    ...(calls[0] as KernelRun),
    milliseconds: median(calls.map(({ milliseconds }) => milliseconds)),
  }));
  return {
    kernelMilliseconds: timeOf(kernels),
    bytes: bytesOf(kernels),
    layers: grouped(kernels, ({ scope }) => layerOf(scope).layer)
      .map(([layer, group]) => {
        const backward = group.filter(({ scope }) => layerOf(scope).backward);
        const forward = group.filter(({ scope }) => !layerOf(scope).backward);
        return { layer, forward: timeOf(forward), backward: timeOf(backward), bytes: bytesOf(group) };
      })
      .sort((a, b) => b.forward + b.backward - a.forward - a.backward),
    operators: grouped(kernels, ({ operator }) => operator)
      .map(([operator, group]) => ({
        operator,
        milliseconds: timeOf(group),
        count: group.length,
        bytes: bytesOf(group),
      }))
      .sort((a, b) => b.milliseconds - a.milliseconds),
  };
}

/** A kernel of a gradient, of any order, belongs to the layer that it differentiates. */
export const layerOf = (scope: string): { readonly layer: string; readonly backward: boolean } => {
  const layer = scope.replace(/^(?:gradient(?:\/|$))+/, '');
  return { layer, backward: layer !== scope };
};

const timeOf = (kernels: readonly KernelRun[]): number => kernels.reduce((s, x) => s + x.milliseconds, 0);
const bytesOf = (kernels: readonly KernelRun[]): number => kernels.reduce((s, x) => s + x.bytes, 0);

function grouped(kernels: readonly KernelRun[], keyOf: (x: KernelRun) => string): [string, KernelRun[]][] {
  const groups = new Map<string, KernelRun[]>();
  for (const kernel of kernels) {
    const key = keyOf(kernel);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [kernel]);
    else group.push(kernel);
  }
  return [...groups];
}
