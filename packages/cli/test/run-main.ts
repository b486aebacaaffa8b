import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { vi } from 'vitest';
import { main } from '../src/main.js';

/** What a command did within this process. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `ganymede <args>` within this process: quicker than a process of its own. */
export async function runMain(...args: string[]): Promise<Ran> {
  const text = { stdout: '', stderr: '' };
  const take = (name: keyof typeof text) =>
    vi.spyOn(process[name], 'write').mockImplementation((part) => {
      text[name] += String(part);
      return true;
    });
  const spies = [take('stdout'), take('stderr')];
  try {
    const status = await main(args);
    return { status, stdout: text.stdout, stderr: stripVTControlCharacters(text.stderr) };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
