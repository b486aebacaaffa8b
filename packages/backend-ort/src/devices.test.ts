import { describe, expect, it } from 'vitest';
import { chooseDevice, devices, type Machine } from './devices.js';
import type { Device } from './options.js';
import { mayHaveGpu } from './hardware.js';
import { ortBackend } from './ort-backend.js';

describe('devices', () => {
  it('reports each device, and for an unusable one what to do', async () => {
    const reports = await devices();
    expect(reports.map(({ device }) => device)).toEqual(['cpu', 'webgpu', 'cuda']);
    expect(reports[0]).toMatchObject({
      usable: true,
      detail: expect.stringMatching(/^onnxruntime 1\.\d+\.\d+, \d+ threads$/),
    });
    for (const { usable, detail, device } of reports) {
      if (!usable) expect(detail, device).toMatch(/; .*(install|device "cpu")/);
    }
    await expect(ortBackend.devices?.()).resolves.toHaveLength(3);
  });

  it('refuses a device that cannot be used, and never takes another instead', async (context) => {
    const unusable = (await devices()).find(({ usable }) => !usable);
    if (unusable === undefined) return context.skip('every device can be used here');
    await expect(ortBackend({ device: unusable.device as 'cuda' })).rejects.toMatchObject({
      code: 'GANYMEDE_BACKEND_DEVICE',
      message: expect.stringContaining(`device "${unusable.device}" cannot be used here: `),
      data: { device: unusable.device },
    });
  });

  it('takes the CPU by itself where there is no GPU', async (context) => {
    if (mayHaveGpu()) return context.skip('this machine may have a GPU');
    expect(await chooseDevice('auto')).toEqual({ device: 'cpu' });
    const backend = await ortBackend({ threads: 3 });
    expect(backend).toMatchObject({ name: 'ort', device: 'cpu', summary: 'ort · cpu · 3 threads' });
    await backend.dispose();
  });

  it('says what CUDA lacks', async (context) => {
    const cuda = (await devices()).find(({ device }) => device === 'cuda');
    if (cuda?.usable) return context.skip('CUDA can be used here');
    expect(cuda?.detail).toMatch(
      /(CUDA part|shared library|not available).*; install CUDA 12 and cuDNN 9.*npm rebuild/,
    );
  });
});

describe('device auto', () => {
  const machine = (
    usable: readonly Device[],
    { gpu = true, nvidia = false, software = false } = {},
  ): Machine => ({
    mayHaveGpu: () => gpu,
    hasNvidia: () => nvidia,
    isSoftwareDriver: () => software,
    probe: async (device) => ({ usable: usable.includes(device), reason: `no ${device} here` }),
  });

  it('takes the best device that works', async () => {
    expect(await chooseDevice('auto', machine(['cuda', 'webgpu'], { nvidia: true }))).toEqual({
      device: 'cuda',
    });
    expect(await chooseDevice('auto', machine(['webgpu']))).toEqual({ device: 'webgpu' });
    expect(await chooseDevice('auto', machine(['webgpu'], { gpu: false }))).toEqual({ device: 'cpu' });
    expect(await chooseDevice('auto', machine(['webgpu'], { software: true }))).toEqual({ device: 'cpu' });
  });

  it('never falls back in silence', async () => {
    const cpu = await chooseDevice('auto', machine([], { nvidia: true }));
    expect(cpu.device).toBe('cpu');
    expect(cpu.notice).toMatch(
      /^device "auto" is "cpu", though.*\n {2}cuda: no cuda here; install CUDA 12.*\n {2}webgpu: no webgpu here; /,
    );
    const webgpu = await chooseDevice('auto', machine(['webgpu'], { nvidia: true }));
    expect(webgpu.device).toBe('webgpu');
    expect(webgpu.notice).toMatch(/cuda: no cuda here; .*choose device "webgpu"$/s);
  });
});
