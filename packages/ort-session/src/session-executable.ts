import { checkFeeds, type Executable, type FeedSignature, GanymedeError, type Held } from '@ganymede/core';
import type { Tensor as OrtTensor } from 'onnxruntime-common';
import { tensorOf } from './held.js';
import { runError } from './runtime-error.js';

/** The runtime's tensors by the names of a graph's inputs or outputs. */
export type OrtTensors = Readonly<Record<string, OrtTensor>>;

/** Computes all outputs of a graph from all of its inputs, each by name. */
export type SessionRun = (feeds: Readonly<Record<string, Held>>) => Promise<Readonly<Record<string, Held>>>;

/** A run of the runtime's tensors as one of values. `runtime` is what its package exports, `hold` what an output is returned as. */
export const runOfTensors =
  (
    runtime: { readonly Tensor: unknown },
    run: (feeds: OrtTensors) => Promise<OrtTensors>,
    hold: (output: OrtTensor) => Held,
  ): SessionRun =>
  async (feeds) => {
    const tensors = Object.entries(feeds).map(([name, held]) => [name, tensorOf(runtime, held)] as const);
    const results = await run(Object.fromEntries(tensors));
    return Object.fromEntries(Object.entries(results).map(([name, output]) => [name, hold(output)]));
  };

/** What {@link sessionExecutable} is made of. */
export interface SessionParts {
  readonly signature: FeedSignature;
  /** Refuses feeds of sizes that do not fit in memory. */
  readonly checkSizes: (feeds: Readonly<Record<string, Held>>) => void;
  readonly outputs: readonly string[];
  readonly nodes: number;
  /** For messages: the device, and the backend's name. */
  readonly device: string;
  readonly backend: string;
  readonly run: SessionRun;
  /** Called once, by the first `dispose`. */
  readonly onDispose: () => Promise<void>;
}

/** Runs a session with values instead of the runtime's tensors: `GANYMEDE_FEED` and `GANYMEDE_BACKEND_RUN` from running. */
export function sessionExecutable(parts: SessionParts): Executable {
  const { signature, outputs, nodes } = parts;
  const inputs = [...signature.keys()];
  let disposed = false;
  return {
    inputs,
    outputs,
    nodes,
    async run(feeds) {
      if (disposed) throw alreadyDisposed();
      checkFeeds(signature, feeds);
      parts.checkSizes(feeds);
      const wanted = inputs.map((name) => [name, feeds[name] as Held] as const);
      try {
        const results = await parts.run(Object.fromEntries(wanted));
        return Object.fromEntries(outputs.map((name) => [name, results[name] as Held]));
      } catch (cause) {
        throw GanymedeError.is(cause) ? cause : runError(cause, parts.device, parts.backend);
      }
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await parts.onDispose();
    },
  };
}

const alreadyDisposed = (): GanymedeError =>
  new GanymedeError('GANYMEDE_BACKEND_RUN', {
    message: 'this executable was disposed and cannot run any more',
    hint: 'compile the graph again, or dispose later',
  });
