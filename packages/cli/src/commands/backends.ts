import pc from 'picocolors';
import type { Output } from '../terminal/output.js';
import { openSession } from './session.js';

/** `ganymede backends`: each backend's devices, which of them can be used here, and what to do about the others. */
export async function backends(
  flags: { readonly plugin?: readonly string[] },
  output: Output,
): Promise<void> {
  const { modules } = await openSession(flags.plugin);
  const reports = await Promise.all(
    modules
      .filter(({ kind }) => kind === 'backend')
      .map(async ({ id, summary, devices }) => ({ id, summary, devices: (await devices?.()) ?? [] })),
  );
  const text = reports.map(({ id, summary, devices }) => {
    const lines = devices.map(({ device, usable, detail }) => {
      const mark = usable ? pc.green('✓') : pc.yellow('–');
      return `  ${mark} ${device.padEnd(8)} ${detail}`;
    });
    return [`${pc.bold(id)}  ${summary}`, ...lines].join('\n');
  });
  output.result(text.join('\n\n'), { backends: reports });
}
