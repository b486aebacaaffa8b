import type { Rng } from '@ganymede/core';
import type { OracleParameters } from '@ganymede/metrics';
import { GanymedeError } from '@ganymede/tensor';

/**
 * Sequences drawn from an oracle in plain TypeScript: the same on every machine and without a backend, so that a data set can be
 * made before anything is compiled. About 25 s for 10 000 sequences of 20 tokens out of 5000, 1 s out of 200.
 *
 * @returns `count * length` tokens, row by row. Sequence i depends on the generator and i alone.
 */
export function sampleOracle(oracle: OracleParameters, count: number, length: number, rng: Rng): Int32Array {
  const step = languageModel(oracle);
  const uniform = rng.draw([count, length], { kind: 'uniform' }).data as Float32Array;
  const tokens = new Int32Array(count * length);
  const mass = new Float64Array(oracle.vocabulary);
  for (let row = 0; row < count; row++) {
    const state = step.start();
    for (let t = 0; t < length; t++) {
      const at = row * length + t;
      const total = step.masses(state, mass);
      tokens[at] = invert(mass, (uniform[at] as number) * total);
      if (t + 1 < length) step.advance(state, tokens[at] as number);
    }
  }
  return tokens;
}

/** First token whose cumulative mass exceeds the target. */
function invert(mass: Float64Array, target: number): number {
  let sum = 0;
  for (let v = 0; v < mass.length; v++) {
    sum += mass[v] as number;
    if (sum > target) return v;
  }
  return mass.length - 1;
}

interface PlainState {
  readonly h: Float64Array;
  readonly c: Float64Array;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function languageModel({ vocabulary, variables }: OracleParameters) {
  const data = (name: string): Float32Array => {
    const found = variables[name];
    if (found) return found.data;
    throw new GanymedeError('GANYMEDE_ORACLE_PARAMETERS', { message: `the oracle has no "${name}"` });
  };
  const table = data('embedding/table');
  const input = data('lstm/kernel');
  const recurrent = data('lstm/recurrent');
  const bias = data('lstm/bias');
  const kernel = data('output/kernel');
  const outputBias = data('output/bias');
  const size = bias.length / 4;
  const width = table.length / vocabulary;
  const gates = new Float64Array(4 * size);

  function advance({ h, c }: PlainState, token: number): void {
    gates.set(bias);
    for (let k = 0; k < width; k++) addScaled(gates, input, k, table[token * width + k] as number);
    for (let k = 0; k < size; k++) addScaled(gates, recurrent, k, h[k] as number);
    for (let k = 0; k < size; k++) {
      const fresh = sigmoid(gates[k] as number) * Math.tanh(gates[3 * size + k] as number);
      const next = sigmoid(gates[size + k] as number) * (c[k] as number) + fresh;
      c[k] = next;
      h[k] = sigmoid(gates[2 * size + k] as number) * Math.tanh(next);
    }
  }

  return {
    advance,
    /** The state after the start token 0. */
    start(): PlainState {
      const state = { h: new Float64Array(size), c: new Float64Array(size) };
      advance(state, 0);
      return state;
    },
    /** Writes exp(logit - largest logit) of every token, and returns their sum. */
    masses({ h }: PlainState, mass: Float64Array): number {
      let largest = Number.NEGATIVE_INFINITY;
      for (let v = 0; v < vocabulary; v++) {
        let logit = outputBias[v] as number;
        for (let k = 0, at = v * size; k < size; k++, at++)
          logit += (h[k] as number) * (kernel[at] as number);
        mass[v] = logit;
        if (logit > largest) largest = logit;
      }
      let total = 0;
      for (let v = 0; v < vocabulary; v++) {
        const m = Math.exp((mass[v] as number) - largest);
        mass[v] = m;
        total += m;
      }
      return total;
    },
  };
}

/** sums += scale * row `row` of a matrix with as many columns as there are sums. */
function addScaled(sums: Float64Array, matrix: Float32Array, row: number, scale: number): void {
  const at = row * sums.length;
  for (let j = 0; j < sums.length; j++) sums[j] = (sums[j] as number) + scale * (matrix[at + j] as number);
}
