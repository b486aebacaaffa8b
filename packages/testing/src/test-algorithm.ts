import {
  type Algorithm,
  buildSampler,
  type Checkpoint,
  checkpointId,
  compileStep,
  createRng,
  drawNoise,
  referenceBackend,
  type Run,
} from '@ganymede/core';
import {
  decodeOnnx,
  encodeOnnx,
  evaluate,
  firstNonFinite,
  isFloating,
  numbersOf,
  type Value,
} from '@ganymede/tensor';
import { describe, expect } from 'vitest';
import {
  course,
  createPart,
  plain,
  seed,
  train,
  type Trained,
  type Trainee,
  typesOf,
} from './algorithm/train-part.js';
import { checker, type Skip } from './check.js';
import { expectClose } from './expect-close.js';

/** Names of the checks. */
export type AlgorithmCheck = 'seed' | 'steps' | 'metrics' | 'state' | 'resume' | 'end' | 'sampler' | 'export';

/** An algorithm to be checked, in sizes so small that the interpreter of the tensor language trains it in seconds. */
export interface AlgorithmRow extends Trainee {
  /** Iterations to train for; those of the schedule where it ends earlier. @defaultValue 3 */
  readonly iterations?: number;
  /** Checks that do not hold, each with the reason. */
  readonly skip?: Skip<AlgorithmCheck>;
}

/**
 * The conformance suite of an algorithm, as vitest tests: initial state by seed alone, steps that compile, finite metrics,
 * state that keeps its types, a schedule that goes on from every iteration exactly as if it had not been interrupted and ends
 * when it says, samples that do not depend on the batch, and a sampler that can be exported for any batch `N`.
 */
export function testAlgorithm(row: AlgorithmRow): void {
  const check = checker<AlgorithmCheck>(row.skip);
  const make = async (): Promise<Algorithm> => {
    const data = await row.data();
    return row.create({ data, batchSize: row.batchSize });
  };
  const lengthOf = async (): Promise<number> =>
    Math.min(row.iterations ?? 3, (await make()).iterations ?? Number.POSITIVE_INFINITY);
  let trained: Promise<Trained> | undefined;
  const whole = (): Promise<Trained> => {
    trained ??= lengthOf().then((end) => train(row, { end }));
    return trained;
  };

  describe(`algorithm ${row.name}`, () => {
    check('seed', 'initialises from the seed alone', async () => {
      const start = plain((await make()).init(createRng(seed)));
      expect(plain((await make()).init(createRng(seed)))).toEqual(start);
      const other = plain((await make()).init(createRng(seed + 1)));
      expect(Object.keys(other)).toEqual(Object.keys(start));
      expect(other, 'another seed').not.toEqual(start);
    });

    check('steps', 'has steps that compile at fixed sizes', async () => {
      const { steps, init } = await make();
      const backend = await referenceBackend();
      for (const [name, step] of Object.entries(steps)) {
        expect(step.name).toBe(name);
        const compiled = await compileStep(step, typesOf(init(createRng(seed))), backend);
        expect(compiled.nodes, name).toBeGreaterThan(0);
      }
    });

    check('metrics', 'reports finite metrics in every iteration', async () => {
      const { metrics } = await whole();
      expect(metrics.length).toBe(await lengthOf());
      for (const [i, report] of metrics.entries()) {
        expect(Object.keys(report).length, `metrics of iteration ${i + 1}`).toBeGreaterThan(0);
        for (const [name, x] of Object.entries(report)) {
          expect(Number.isFinite(x), `${name} of iteration ${i + 1}, ${x}`).toBe(true);
        }
      }
    });

    check('state', 'keeps the types of its state, finite, and changes it', async () => {
      const { checkpoints } = await whole();
      const start = (await make()).init(createRng(seed).child('init'));
      const { state, meta } = checkpoints.at(-1) as Checkpoint;
      expect(typesOf(state)).toEqual(typesOf(start));
      for (const [path, x] of Object.entries(state)) {
        if (isFloating(x.dtype)) expect(firstNonFinite(x), `first non-finite element of ${path}`).toBe(-1);
      }
      expect(plain(state)).not.toEqual(plain(start));
      expect(JSON.parse(JSON.stringify(meta.position)), 'a position is JSON').toEqual(meta.position);
    });

    check('resume', 'goes on from every iteration exactly as without interruption', async () => {
      const { checkpoints, metrics } = await whole();
      for (const [i, from] of checkpoints.slice(0, -1).entries()) {
        // One iteration each: with every start compared, so is every way to the end.
        const resumed = await train(row, { from, end: from.meta.iteration + 1 });
        const after = `after resuming from iteration ${from.meta.iteration}`;
        expect(resumed.metrics, after).toEqual([metrics[i + 1]]);
        const [next] = resumed.checkpoints;
        expect(course(next as Checkpoint), after).toEqual(course(checkpoints[i + 1] as Checkpoint));
      }
    });

    check('end', 'ends after the iterations it declares, or never by itself', async () => {
      const { iterations } = await make();
      const { checkpoints } = await whole();
      const last = checkpoints.at(-1) as Checkpoint;
      expect(last.id).toBe(checkpointId(await lengthOf()));
      if (iterations === undefined || last.meta.iteration < iterations) return;
      const run = await createPart(row, { from: last, end: iterations + 5 });
      await run.complete();
      expect({ iteration: run.iteration, status: run.status }).toEqual({
        iteration: iterations,
        status: 'ended',
      });
      await run.dispose();
    });

    check('sampler', 'draws the same samples in batches of any size, of the form of the data', async () => {
      const { checkpoints } = await whole();
      const run = await createPart(row, { from: checkpoints.at(-1) as Checkpoint, end: 0 });
      const first = async (count: number, batch: number) => {
        const [samples] = Object.values(
          await run.sample({ count, batch, seed: 9, inputs: inputsOf(run, count) }),
        );
        return samples as Value;
      };
      const five = await first(5, 5);
      const [spec] = Object.values(run.dataset.fields);
      expect({ dtype: five.dtype, shape: five.shape }).toEqual({
        dtype: spec?.dtype,
        shape: [5, ...(spec?.shape ?? [])],
      });
      if (run.algorithm.sampler.kind === 'images') {
        expect(Math.max(...numbersOf(five).map(Math.abs)), 'images are in [-1, 1]').toBeLessThanOrEqual(1);
      }
      const size = five.data.length / 5;
      for (const [count, batch] of [
        [5, 2],
        [3, 1],
        [3, 64],
      ] as const) {
        expectClose(
          await first(count, batch),
          numbersOf(five).slice(0, count * size),
          1e-5,
          `batches of ${batch}`,
        );
      }
      await run.dispose();
    });

    check('export', 'has a sampler that can be exported for any batch', async () => {
      const { state } = (await whole()).checkpoints.at(-1) as Checkpoint;
      const { sampler } = await make();
      const named = buildSampler(sampler, typesOf(state), 'N');
      const file = decodeOnnx(encodeOnnx(named.graph));
      for (const count of [1, 4]) {
        const feeds = {
          ...state,
          ...drawNoise(named, createRng(2), count),
          ...Object.fromEntries(
            Object.entries(conditionsOf(sampler, count)).map(([name, x]) => [`batch/${name}`, x]),
          ),
        };
        const fixed = evaluate(buildSampler(sampler, typesOf(state), count).graph, feeds);
        const [output = ''] = named.outputs;
        expectClose(evaluate(named.graph, feeds)[output] as Value, fixed[output] as Value, 1e-6, output);
        expectClose(
          evaluate(file.graph, feeds)[output] as Value,
          fixed[output] as Value,
          1e-6,
          `${output} of the file`,
        );
      }
    });
  });
}

const inputsOf = (run: Run, count: number): Record<string, Value> =>
  conditionsOf(run.algorithm.sampler, count);

/** Zeros for the sampler's further inputs. */
function conditionsOf({ inputs = {} }: Algorithm['sampler'], count: number): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { dtype, shape }]) => {
      const sizes = shape.map((d) => (d === 'N' ? count : (d as number)));
      const length = sizes.reduce((product, d) => product * d, 1);
      const data = dtype === 'int32' ? new Int32Array(length) : new Float32Array(length);
      return [name, { dtype, shape: sizes, data } as Value];
    }),
  );
}
