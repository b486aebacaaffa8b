import { jsonSchemaOf, type Kind, type Module } from '@ganymede/core';
import pc from 'picocolors';
import type { Output } from '../terminal/output.js';
import { openSession } from './session.js';

const headings: Readonly<Record<Kind, string>> = {
  algorithm: 'algorithms',
  dataset: 'datasets',
  loss: 'losses',
  regularizer: 'regularizers',
  optimizer: 'optimizers',
  metric: 'metrics',
  backend: 'backends',
};

/** `ganymede list`: every module there is, by kind, with what it is and, for machines, its options. */
export async function list(flags: { readonly plugin?: readonly string[] }, output: Output): Promise<void> {
  const { modules } = await openSession(flags.plugin);
  const byKind = Object.entries(headings).map(([kind, heading]) => {
    const those = modules.filter((module) => module.kind === kind);
    return `${pc.bold(heading)}\n${those.map(describe).join('\n')}`;
  });
  const facts = modules.map(({ kind, id, summary, options }) => ({
    kind,
    id,
    summary,
    options: jsonSchemaOf(options),
  }));
  output.result(byKind.join('\n\n'), { modules: facts });
}

function describe({ id, summary }: Module): string {
  const [scope, ...rest] = id.split('/');
  const name = scope === '@ganymede' ? (rest.at(-1) ?? id) : id;
  return `  ${name.padEnd(20)} ${summary}  ${pc.dim(`from ${scope}/${rest.length > 1 ? rest[0] : ''}`.replace(/\/$/, ''))}`;
}
