import process from 'node:process';
import { GanymedeError } from '@ganymede/core';
import pc from 'picocolors';
import { jsonText } from './json-text.js';

/** How a command speaks. */
export interface OutputMode {
  /** One JSON object per line on standard output, nothing else. */
  readonly json: boolean;
  /** Only results and errors. */
  readonly quiet: boolean;
}

/** Where a command's words go: results to standard output, progress and errors to standard error. */
export interface Output extends OutputMode {
  /** A finished stage: `✓ data     glyphs 28x28x1`. */
  done(label: string, text: string, facts?: Readonly<Record<string, unknown>>): void;
  /** Something the reader should know but need not act on. */
  note(text: string): void;
  warn(text: string): void;
  /** The command's result: text for people, `facts` for machines. */
  result(text: string, facts: Readonly<Record<string, unknown>>): void;
  error(error: unknown): void;
}

export function createOutput(mode: OutputMode): Output {
  const line = (text: string) => process.stdout.write(`${text}\n`);
  const aside = (text: string) => process.stderr.write(`${text}\n`);
  const speak = !mode.json && !mode.quiet;
  return {
    ...mode,
    done(label, text, facts) {
      if (mode.json) line(jsonText({ event: label, ...facts, text }));
      else if (speak) aside(`${pc.green('✓')} ${label.padEnd(8)} ${text}`);
    },
    note(text) {
      if (speak) aside(text);
    },
    warn(text) {
      if (mode.json) line(jsonText({ event: 'warning', text }));
      else aside(`${pc.yellow('warning')} ${text}`);
    },
    result(text, facts) {
      line(mode.json ? jsonText({ event: 'result', ...facts }) : text);
    },
    error(error) {
      if (mode.json) line(jsonText({ event: 'error', ...describeError(error) }));
      else aside(formatError(error));
    },
  };
}

/** An error as facts for machines. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!GanymedeError.is(error)) return { code: 'GANYMEDE_INTERNAL', message: String(error) };
  const { code, message, hint, data } = error;
  return { code, message, ...(hint === undefined ? {} : { hint }), data };
}

/** An error as a person reads it: the code, what happened, what to do. A stack only where the fault is ours. */
export function formatError(error: unknown): string {
  if (GanymedeError.is(error)) return `${pc.red('error')} ${error.code}: ${error.message}`;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${pc.red('error')} GANYMEDE_INTERNAL: ${text}\n  this is a fault of Ganymede; please report it with the command that led here`;
}
