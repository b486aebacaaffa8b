import { GanymedeError } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { createGanymede } from '../src/create-ganymede.js';
import { reference, toys } from './toy.js';

const ganymede = createGanymede({ plugins: [reference, toys] });
const start = () =>
  ganymede.start('@acme/toy/gan', { data: ganymede.create('@acme/toy/line'), steps: 3, batch: 4 });
const bytesOf = (state: object) => JSON.stringify(state);

describe('Run.profile', () => {
  it('takes the time of every step and changes nothing', async () => {
    const run = await start();
    const before = bytesOf(await run.state.snapshot());
    const profile = await run.profile({ calls: 3 });
    expect(profile).toMatchObject({ algorithm: '@acme/toy/gan', backend: 'reference · cpu', batchSize: 4 });
    expect(profile.steps.map(({ step, calls, madeUp }) => ({ step, calls, madeUp }))).toEqual([
      { step: 'critic', calls: 3, madeUp: [] },
      { step: 'generator', calls: 3, madeUp: [] },
    ]);
    expect(bytesOf(await run.state.snapshot())).toBe(before);
    await run.complete();
    const other = await start();
    await other.complete();
    expect(bytesOf(await run.state.snapshot())).toBe(bytesOf(await other.state.snapshot()));
    await run.dispose();
    await other.dispose();
  });

  it('knows layers, operators and bytes', async () => {
    const run = await start();
    const [critic] = (await run.profile({ calls: 2 })).steps;
    await run.dispose();
    const gemms = critic?.kernels.filter(({ operator }) => operator === 'Gemm') ?? [];
    // z g, [fake, real] w, and the two parts of the gradient for w, in each of two calls.
    expect(gemms.length % 2).toBe(0);
    expect(critic?.operators.find(({ operator }) => operator === 'Gemm')?.count).toBe(gemms.length / 2);
    const first = gemms.find(({ run: call }) => call === 0);
    expect(first?.bytes).toBeGreaterThan(0);
    expect(critic?.layers.map(({ layer }) => layer)).toContain('critic');
    const all = (list: readonly { bytes: number }[]) => list.reduce((s, { bytes }) => s + bytes, 0);
    expect(all(critic?.layers ?? [])).toBe(critic?.bytes);
    expect(all(critic?.operators ?? [])).toBe(critic?.bytes);
    expect(all(critic?.kernels ?? [])).toBe(2 * (critic?.bytes ?? 0));
  });

  it('refuses what makes no sense', async () => {
    const run = await start();
    for (const calls of [0, 1.5])
      await expect(run.profile({ calls })).rejects.toMatchObject({ code: 'GANYMEDE_STEPS' });
    const { backend } = run;
    await run.dispose();
    const mute = await ganymede.start('@acme/toy/gan', {
      data: ganymede.create('@acme/toy/line'),
      steps: 1,
      batch: 4,
      backend: { ...backend, flags: { ...backend.flags, profiles: false } },
    });
    const refusal = await mute.profile().catch((error: unknown) => error);
    expect(GanymedeError.is(refusal, 'GANYMEDE_PROFILE_UNSUPPORTED')).toBe(true);
    await mute.dispose();
  });
});
