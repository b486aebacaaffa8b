import type { Rng } from '@ganymede/core';
import type { OracleParameters } from '@ganymede/metrics';
import { GanymedeError } from '@ganymede/tensor';

/** Sequences that are drawn together: each number of the output kernel is then read once for all of them. */
const lanes = 4;

/**
 * Sequences drawn from an oracle in plain TypeScript, in double precision: the same on every machine and without a backend, so
 * that a data set can be made before anything is compiled.
 *
 * @returns `count * length` tokens, row by row. Sequence i depends on the generator and i alone.
 */
export function sampleOracle(
  oracle: OracleParameters,
  count: number,
  length: number,
  rng: Rng,
): Int32Array<ArrayBuffer> {
  const model = languageModel(oracle);
  const uniform = rng.draw([count, length], { kind: 'uniform' }).data as Float32Array;
  const tokens = new Int32Array(count * length);
  for (let first = 0; first < count; first += lanes) {
    const rows = Math.min(lanes, count - first);
    model.restart();
    for (let t = 0; t < length; t++) {
      model.computeLogits();
      for (let lane = 0; lane < rows; lane++) {
        const at = (first + lane) * length + t;
        tokens[at] = model.draw(lane, uniform[at] as number);
        if (t + 1 < length) model.advance(lane, tokens[at] as number);
      }
    }
  }
  return tokens;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The LSTM language model with `lanes` states of its own. */
function languageModel(oracle: OracleParameters) {
  const { vocabulary } = oracle;
  const [table, input, recurrent, bias] = numbers(
    oracle,
    'embedding/table',
    'lstm/kernel',
    'lstm/recurrent',
    'lstm/bias',
  );
  const [kernel, outputBias] = numbers(oracle, 'output/kernel', 'output/bias');
  const size = bias.length / 4;
  const width = table.length / vocabulary;
  const gates = new Float64Array(4 * size);
  /** Hidden states, the lanes of a unit side by side; cells lane by lane. */
  const hidden = new Float64Array(lanes * size);
  const cells = new Float64Array(lanes * size);
  const logits = Array.from({ length: lanes }, () => new Float64Array(vocabulary));

  function advance(lane: number, token: number): void {
    gates.set(bias);
    for (let k = 0; k < width; k++) addScaled(gates, input, k, table[token * width + k] as number);
    for (let k = 0; k < size; k++) addScaled(gates, recurrent, k, hidden[k * lanes + lane] as number);
    for (let k = 0; k < size; k++) {
      const fresh = sigmoid(gates[k] as number) * Math.tanh(gates[3 * size + k] as number);
      const cell = sigmoid(gates[size + k] as number) * (cells[lane * size + k] as number) + fresh;
      cells[lane * size + k] = cell;
      hidden[k * lanes + lane] = sigmoid(gates[2 * size + k] as number) * Math.tanh(cell);
    }
  }

  return {
    advance,
    /** Every lane after the start token 0. */
    restart(): void {
      hidden.fill(0);
      cells.fill(0);
      for (let lane = 0; lane < lanes; lane++) advance(lane, 0);
    },
    computeLogits: () => projectLanes(hidden, kernel, outputBias, logits),
    draw: (lane: number, uniform: number): number => invert(logits[lane] as Float64Array, uniform),
  };
}

function numbers<const Names extends readonly string[]>(
  { variables }: OracleParameters,
  ...names: Names
): { readonly [I in keyof Names]: Float64Array } {
  const found = names.map((name) => {
    const x = variables[name];
    if (x) return Float64Array.from(x.data);
    throw new GanymedeError('GANYMEDE_ORACLE_PARAMETERS', { message: `the oracle has no "${name}"` });
  });
  return found as { readonly [I in keyof Names]: Float64Array };
}

/** Logits of all lanes. Written out for four lanes: this loop is nearly all the time that sampling takes. */
function projectLanes(
  hidden: Float64Array,
  kernel: Float64Array,
  bias: Float64Array,
  logits: readonly Float64Array[],
): void {
  const [a, b, c, d] = logits as readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  let at = 0;
  for (let v = 0; v < bias.length; v++) {
    let w = bias[v] as number;
    let x = w;
    let y = w;
    let z = w;
    let u = w;
    for (let k = 0; k < hidden.length; k += 4) {
      w = kernel[at++] as number;
      x += (hidden[k] as number) * w;
      y += (hidden[k + 1] as number) * w;
      z += (hidden[k + 2] as number) * w;
      u += (hidden[k + 3] as number) * w;
    }
    a[v] = x;
    b[v] = y;
    c[v] = z;
    d[v] = u;
  }
}

/** The first token whose cumulative probability exceeds `uniform`; overwrites the logits by masses. */
function invert(logits: Float64Array, uniform: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let v = 0; v < logits.length; v++) largest = Math.max(largest, logits[v] as number);
  let total = 0;
  for (let v = 0; v < logits.length; v++) {
    const mass = Math.exp((logits[v] as number) - largest);
    logits[v] = mass;
    total += mass;
  }
  const target = uniform * total;
  let sum = 0;
  for (let v = 0; v < logits.length; v++) {
    sum += logits[v] as number;
    if (sum > target) return v;
  }
  return logits.length - 1;
}

/** sums += scale * row `row` of a matrix with as many columns as there are sums. */
function addScaled(sums: Float64Array, matrix: Float64Array, row: number, scale: number): void {
  const at = row * sums.length;
  for (let j = 0; j < sums.length; j++) sums[j] = (sums[j] as number) + scale * (matrix[at + j] as number);
}
