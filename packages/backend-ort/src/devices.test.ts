import { describe, expect, it } from 'vitest';
import { chooseDevice, devices } from './devices.js';
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
    expect(await chooseDevice('auto')).toBe('cpu');
    const backend = await ortBackend({ threads: 3 });
    expect(backend).toMatchObject({ name: 'ort', device: 'cpu', summary: 'ort · cpu · 3 threads' });
    await backend.dispose();
  });
});
