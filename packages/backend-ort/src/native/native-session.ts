import type { Dtype, Value } from '@ganymede/tensor';
import { onnxDtype } from '@ganymede/tensor';
import type { Level } from '../session-options.js';
import { LOG_LEVEL, type OrtApi, type Pointer } from './ort-api.js';

type Named = readonly (readonly [name: string, value: Value])[];

/** A session that reads and writes arrays of JavaScript where they lie. */
export interface NativeSession {
  /** Computes `outputs`, every element of them, from `inputs`; all of the sizes that the graph declares. */
  run(inputs: Named, outputs: Named): void;
  release(): void;
}

/** How a session computes. */
export interface NativeOptions {
  readonly threads: number;
  readonly graphOptimization: Level;
}

/** ONNX Runtime's `GraphOptimizationLevel`. */
const levels: Readonly<Record<Level, number>> = {
  disabled: 0,
  basic: 1,
  extended: 2,
  all: 99,
};

/** Opens a session on the CPU for an encoded model, set as `sessionOptions` sets others. Throws ONNX Runtime's messages. */
export function createNativeSession(api: OrtApi, model: Uint8Array, options: NativeOptions): NativeSession {
  const session = open(api, model, options);
  const names = createNames(api);
  let released = false;
  return {
    run(inputs, outputs) {
      if (released) throw new Error('the session was closed before its turn came');
      const tensors: Pointer[] = [];
      try {
        for (const [, value] of [...inputs, ...outputs]) tensors.push(tensorOf(api, value));
        const status = api.run(
          session,
          null,
          BigUint64Array.from(inputs, ([name]) => names(name)),
          BigUint64Array.from(tensors.slice(0, inputs.length)),
          inputs.length,
          BigUint64Array.from(outputs, ([name]) => names(name)),
          outputs.length,
          BigUint64Array.from(tensors.slice(inputs.length)),
        );
        api.check(status);
      } finally {
        for (const tensor of tensors) api.releaseValue(tensor);
      }
    },
    release() {
      if (!released) api.releaseSession(session);
      released = true;
    },
  };
}

function open(api: OrtApi, model: Uint8Array, { threads, graphOptimization }: NativeOptions): Pointer {
  const settings = api.made((slot) => api.createSessionOptions(slot));
  try {
    api.check(api.setIntraOpNumThreads(settings, threads));
    api.check(api.setInterOpNumThreads(settings, 1));
    api.check(api.setSessionGraphOptimizationLevel(settings, levels[graphOptimization]));
    api.check(api.setSessionLogSeverityLevel(settings, LOG_LEVEL));
    api.check(api.enableCpuMemArena(settings));
    api.check(api.disableMemPattern(settings));
    return api.made((slot) =>
      api.createSessionFromArray(api.environment, model, model.byteLength, settings, slot),
    );
  } finally {
    api.releaseSessionOptions(settings);
  }
}

/** Where names lie as ONNX Runtime reads them, kept as long as the session may. */
function createNames(api: OrtApi): (name: string) => Pointer {
  const known = new Map<string, { readonly bytes: Uint8Array; readonly at: Pointer }>();
  return (name) => {
    const bytes = known.get(name)?.bytes ?? Buffer.from(`${name}\0`);
    const entry = known.get(name) ?? { bytes, at: api.address(bytes) };
    known.set(name, entry);
    return entry.at;
  };
}

/** The runtime's view of an array: it reads and writes there. */
const tensorOf = (api: OrtApi, { dtype, shape, data }: Value): Pointer =>
  api.made((slot) =>
    api.createTensorWithDataAsOrtValue(
      api.memory,
      data,
      data.byteLength,
      BigInt64Array.from(shape, BigInt),
      shape.length,
      elementType(dtype),
      slot,
    ),
  );

/** ONNX Runtime numbers the dtypes as ONNX does. */
const elementType = (dtype: Dtype): number => onnxDtype[dtype];
