import type { Executable } from '@ganymede/core';
import { deviceValue, type SessionParts, sessionExecutable, valueOfTensor } from '@ganymede/ort-session';
import type { InferenceSession } from 'onnxruntime-node';
import type { Reader } from './read-back.js';

export interface ExecutableParts extends Omit<SessionParts, 'backend' | 'run' | 'hold'> {
  readonly session: InferenceSession;
  readonly reader: Reader;
}

/** Runs a session with values instead of the runtime's tensors. Host arrays go in and come out without a copy. */
export const createExecutable = ({ session, reader, onDispose, ...parts }: ExecutableParts): Executable =>
  sessionExecutable({
    ...parts,
    backend: 'ort',
    run: (feeds) => session.run(feeds),
    hold: (output) =>
      output.location === 'gpu-buffer' ? deviceValue(output, reader.read) : valueOfTensor(output),
    async onDispose() {
      await session.release();
      await onDispose();
    },
  });
