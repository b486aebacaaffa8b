import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeSafetensors, type Run } from '@ganymede/core';
import { world } from '@ganymede/data';
import {
  accumulate,
  adam,
  adamw,
  consensus,
  ema,
  extragradient,
  inTurn,
  jointLookahead,
  lookahead,
  optimisticAdam,
  rmsprop,
  schedules,
  simultaneous,
  symplectic,
  unrolled,
} from '@ganymede/nn';
import { afterAll, describe, expect, it } from 'vitest';
import { type RingGan, ringGanymede } from '../test/ring-gan.js';
import { alternating } from './update-schedule.js';

const both = (make: () => ReturnType<typeof adam>) => ({ generator: make(), discriminator: make() });

const gans: Readonly<Record<string, RingGan>> = {
  'in turn': { dynamics: inTurn() },
  simultaneous: { dynamics: simultaneous() },
  extragradient: { dynamics: extragradient() },
  consensus: { dynamics: consensus({ strength: 1 }) },
  symplectic: { dynamics: symplectic() },
  unrolled: { dynamics: unrolled({ steps: 3 }) },
  'joint lookahead of extragradient': { dynamics: jointLookahead({ every: 7, inner: extragradient() }) },
  'optimistic Adam, two time scales': {
    more: {
      optimizers: {
        generator: optimisticAdam({ rate: 3e-4 }),
        discriminator: optimisticAdam({ rate: 1e-3 }),
      },
    },
  },
  'lookahead, falling rates, an average that warms up': {
    more: {
      optimizers: both(() =>
        lookahead(adamw({ rate: schedules.cosine({ from: 1e-3, steps: 300 }) }), { every: 4 }),
      ),
      ema: ema(0.99, { warmup: 10 }),
    },
  },
  'centred RMSProp, critics by schedule': {
    more: {
      optimizers: both(() => rmsprop({ rate: 5e-4, centred: true })),
      schedule: alternating({ discriminator: (done) => (done % 50 === 0 ? 4 : 2) }),
    },
  },
  'accumulated gradients': { more: { accumulate: 3 } },
  'an optimizer that accumulates by itself': {
    dynamics: simultaneous(),
    more: { optimizers: both(() => accumulate(adam({ rate: 1e-3 }), 3)) },
  },
};

const bytes = async (run: Run) => Buffer.from(encodeSafetensors(await run.state.snapshot()));

describe('on the ring, through the public interface', () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it.each(Object.keys(gans))(
    '%s: 200 iterations, and the same bytes after a resume in the middle',
    async (name) => {
      const ganymede = ringGanymede(gans[name] as RingGan);
      const settings = { data: world({ name: 'ring', count: 5000 }), batch: 32, seed: 3 };
      const straight = await ganymede.train('@test/ring/gan', { ...settings, steps: 200 });
      const folder = mkdtempSync(join(tmpdir(), 'ganymede-ring-'));
      folders.push(folder);
      const out = join(folder, 'run');
      // 101 is in the middle of every period above.
      await (await ganymede.train('@test/ring/gan', { ...settings, steps: 101, out })).dispose();
      const resumed = await ganymede.resume(out, { steps: 200 });
      expect(resumed.iteration).toBe(101);
      await resumed.complete();
      expect((await bytes(resumed)).equals(await bytes(straight))).toBe(true);
      const { points } = await straight.sample({ count: 500 });
      const radii = Array.from({ length: 500 }, (_, i) =>
        Math.hypot(Number(points?.data[2 * i]), Number(points?.data[2 * i + 1])),
      );
      expect(radii.every(Number.isFinite)).toBe(true);
      await resumed.dispose();
      await straight.dispose();
    },
  );
});
