import type { Executable } from '@ganymede/core';
import {
  deviceValue,
  runOfTensors,
  type SessionParts,
  sessionExecutable,
  valueOfTensor,
} from '@ganymede/ort-session';
import type { InferenceSession } from 'onnxruntime-node';
import type { Runtime } from './load-runtime.js';
import type { Reader } from './read-back.js';

export interface ExecutableParts extends Omit<SessionParts, 'backend' | 'run'> {
  readonly runtime: Runtime;
  readonly session: InferenceSession;
  readonly reader: Reader;
}

/** Runs a session with values instead of the runtime's tensors. Host arrays go in without a copy. */
export const createExecutable = (parts: ExecutableParts): Executable => {
  const { runtime, session, reader, onDispose, ...shared } = parts;
  return sessionExecutable({
    ...shared,
    backend: 'ort',
    run: runOfTensors(
      runtime,
      (feeds) => session.run(feeds),
      (output) =>
        output.location === 'gpu-buffer' ? deviceValue(output, reader.read) : valueOfTensor(output),
    ),
    async onDispose() {
      await session.release();
      await onDispose();
    },
  });
};
