import { type Dtype, GanymedeError, type Value } from '@ganymede/tensor';
import type { InferenceSession, Tensor } from 'onnxruntime-node';

/** An ONNX model opened by ONNX Runtime on the CPU. Runs block the thread they are called on. */
export interface OnnxSession {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  run(feeds: Readonly<Record<string, Value>>): Promise<Record<string, Value>>;
  close(): Promise<void>;
}

/** dtype -> ONNX Runtime's name of it, which agrees with ours. */
const ortTypes: Readonly<Record<Dtype, Tensor.Type>> = {
  float32: 'float32',
  float64: 'float64',
  int32: 'int32',
  int64: 'int64',
  bool: 'bool',
  uint8: 'uint8',
};

/**
 * Opens ONNX bytes. `threads` bounds the threads of one run (default: ONNX Runtime's choice).
 *
 * Throws `GANYMEDE_ONNX_INVALID` where ONNX Runtime refuses them, and `GANYMEDE_ONNX_RUNTIME_MISSING` where it is not
 * installed.
 */
export async function openOnnx(
  bytes: Uint8Array,
  { threads }: { threads?: number } = {},
): Promise<OnnxSession> {
  const ort = await loadRuntime();
  const session = await createSession(ort, bytes, threads);
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(feeds) {
      const tensors = Object.fromEntries(
        Object.entries(feeds).map(([name, { dtype, shape, data }]) => [
          name,
          new ort.Tensor(ortTypes[dtype], data as Tensor.DataType, shape),
        ]),
      );
      const results = await session.run(tensors);
      return Object.fromEntries(Object.entries(results).map(([name, x]) => [name, toValue(x)]));
    },
    close: () => session.release(),
  };
}

type Runtime = typeof import('onnxruntime-node');

async function loadRuntime(): Promise<Runtime> {
  try {
    const module = (await import('onnxruntime-node')) as Runtime & { default?: Runtime };
    return module.default ?? module;
  } catch (cause) {
    throw new GanymedeError('GANYMEDE_ONNX_RUNTIME_MISSING', {
      message: 'onnxruntime-node could not be loaded',
      hint: 'install it: npm install onnxruntime-node',
      cause,
    });
  }
}

async function createSession(ort: Runtime, bytes: Uint8Array, threads?: number): Promise<InferenceSession> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    logSeverityLevel: 3,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  };
  try {
    return await ort.InferenceSession.create(bytes, options);
  } catch (cause) {
    throw new GanymedeError('GANYMEDE_ONNX_INVALID', {
      message: 'ONNX Runtime cannot open the model',
      hint: 'export the generator again: ganymede export <run>',
      cause,
    });
  }
}

const toValue = (x: Tensor): Value =>
  // Every output type of an exported generator is one of ours.
  ({ dtype: x.type, shape: x.dims, data: x.data }) as unknown as Value;
