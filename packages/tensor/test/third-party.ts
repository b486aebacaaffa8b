import fs from 'node:fs';
import * as t from '../src/index.js';

interface Encoded {
  readonly shape: readonly number[];
  readonly base64: string;
}

/** What PyTorch and ONNX Runtime computed of one input; see `third-party/make.py`. */
export interface ThirdPartyCase {
  readonly x: t.Value;
  /** PyTorch's outputs. */
  readonly torch: readonly t.Value[];
  /** ONNX Runtime's outputs. */
  readonly runtime: readonly t.Value[];
  /** What the outputs are weighted with before they are summed and differentiated. */
  readonly weights: readonly t.Value[];
  /** PyTorch's gradient for x. */
  readonly gradient: t.Value;
}

const folder = new URL('third-party/', import.meta.url);

function decode({ shape, base64 }: Encoded): t.Value {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  return t.value('float32', shape, new Float32Array(bytes.buffer));
}

/** Names of the files. */
export const thirdPartyFiles: readonly string[] = fs
  .readdirSync(folder)
  .filter((name) => name.endsWith('.onnx'))
  .map((name) => name.slice(0, -5));

/** Bytes of the file and what others compute with it. */
export function thirdParty(name: string): {
  readonly bytes: Uint8Array;
  readonly cases: readonly ThirdPartyCase[];
} {
  type Raw = Record<'x' | 'gradient', Encoded> & Record<'torch' | 'runtime' | 'weights', Encoded[]>;
  const { cases } = JSON.parse(fs.readFileSync(new URL(`${name}.json`, folder), 'utf8')) as { cases: Raw[] };
  return {
    bytes: fs.readFileSync(new URL(`${name}.onnx`, folder)),
    cases: cases.map((one) => ({
      x: decode(one.x),
      gradient: decode(one.gradient),
      torch: one.torch.map(decode),
      runtime: one.runtime.map(decode),
      weights: one.weights.map(decode),
    })),
  };
}
