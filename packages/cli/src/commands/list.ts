import { describeSchema, type JsonSchema, jsonSchemaOf, type Kind, type Module } from '@ganymede/core';
import pc from 'picocolors';
import type { Output } from '../terminal/output.js';
import { openSession, type Session } from './session.js';

const headings: Readonly<Record<Kind, string>> = {
  algorithm: 'algorithms',
  dataset: 'datasets',
  loss: 'losses',
  regularizer: 'regularizers',
  optimizer: 'optimizers',
  metric: 'metrics',
  backend: 'backends',
};

/** `ganymede list`: every module there is, by kind, with what it is. With an id: that module and its options. */
export async function list(
  id: string | undefined,
  flags: { readonly plugin?: readonly string[] },
  output: Output,
): Promise<void> {
  const session = await openSession(flags.plugin);
  if (id !== undefined) return listOne(session, id, output);
  const byKind = Object.entries(headings).flatMap(([kind, heading]) => {
    const those = session.modules.filter((module) => module.kind === kind);
    return those.length === 0 ? [] : [`${pc.bold(heading)}\n${those.map(describeModule).join('\n')}`];
  });
  byKind.push(pc.dim('ganymede list <id> shows a module with its options'));
  output.result(byKind.join('\n\n'), { modules: session.modules.map(factsOf) });
}

function listOne(session: Session, id: string, output: Output): void {
  // Any kind: ids are unique, and short ids nearly so.
  const module = (session.module as (id: string) => Module)(id);
  const options = optionLines(jsonSchemaOf(module.options));
  const width = Math.max(0, ...options.map(({ name }) => name.length));
  // One long default is no reason to push every description off the screen.
  const accepted = Math.min(34, Math.max(0, ...options.map(({ accepts }) => accepts.length)));
  const lines = options.map(({ name, accepts, description }) =>
    `  ${name.padEnd(width)}  ${accepts.padEnd(accepted)}  ${description}`.trimEnd(),
  );
  output.result(
    [
      `${pc.bold(module.id)}  ${module.kind}`,
      module.summary,
      '',
      ...(lines.length === 0 ? ['no options'] : ['options', ...lines]),
    ].join('\n'),
    { module: factsOf(module) },
  );
}

const factsOf = ({ kind, id, summary, options }: Module) => ({
  kind,
  id,
  summary,
  options: jsonSchemaOf(options),
});

interface OptionLine {
  readonly name: string;
  readonly accepts: string;
  readonly description: string;
}

/** A schema's properties as `--set` names them, groups of options opened. */
export function optionLines(schema: JsonSchema | undefined, prefix = ''): readonly OptionLine[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([key, property]) => {
    const name = `${prefix}${key}`;
    if (property.properties !== undefined) return optionLines(property, `${name}.`);
    const required = schema?.required?.includes(key) && property.default === undefined;
    const fallback =
      property.default === undefined
        ? required
          ? ' (required)'
          : ''
        : ` = ${JSON.stringify(property.default)}`;
    return [
      {
        name,
        accepts: `${describeSchema(property) ?? 'in code only'}${fallback}`,
        description: property.description ?? '',
      },
    ];
  });
}

function describeModule({ id, summary }: Module): string {
  const [scope, ...rest] = id.split('/');
  const name = scope === '@ganymede' ? (rest.at(-1) ?? id) : id;
  const from = rest.length > 1 ? `${scope}/${rest[0]}` : scope;
  return `  ${name.padEnd(16)} ${summary}  ${pc.dim(`from ${from}`)}`;
}
