import { workerData } from 'node:worker_threads';
import type { Value } from '@ganymede/tensor';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { type OnnxSession, openOnnx } from './artifact/onnx-session.js';

/** What a worker is started with: the models' bytes, shared by all workers, and how many threads one run may use. */
export interface WorkerModels {
  readonly models: Readonly<Record<string, Uint8Array>>;
  readonly threads: number;
}

/** One inference: model key and inputs by name. Without a model it answers at once: the worker is up. */
export interface InferenceTask {
  readonly model?: string;
  readonly inputs: Readonly<Record<string, Value>>;
}

/** Opens every model, then answers tasks: a worker that is up is ready. */
async function start(): Promise<(task: InferenceTask) => Promise<unknown>> {
  const { models, threads } = workerData as WorkerModels;
  const sessions = new Map<string, OnnxSession>();
  for (const [key, bytes] of Object.entries(models)) {
    // ONNX Runtime does not read shared memory; the copy lives only while the model is opened.
    sessions.set(key, await openOnnx(bytes.slice(), { threads }));
  }
  return async ({ model, inputs }) => {
    if (model === undefined) return {};
    const outputs = await (sessions.get(model) as OnnxSession).run(inputs);
    const copied = Object.fromEntries(
      // ONNX Runtime owns the buffers it returns; a copy may be handed to the other thread.
      Object.entries(outputs).map(([name, value]) => [name, { ...value, data: value.data.slice() }]),
    );
    return move(transferable(copied));
  };
}

/** `values` such that Piscina transfers their buffers instead of copying them. */
const transferable = (values: Readonly<Record<string, Value>>) => ({
  [transferableSymbol]: Object.values(values).map(({ data }) => data.buffer),
  [valueSymbol]: values,
});

export default start();
