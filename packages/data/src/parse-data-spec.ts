import { nearest } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { worldNames } from './worlds/index.js';

/** A dataset module's id and the options to create it with. */
export interface DataSpec {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

type Options = Record<string, unknown>;

const own = '@ganymede/data/';

/** What follows the colon, by scheme; `undefined` where nothing does. */
const schemes: Readonly<
  Record<string, { readonly form: string; options(rest: string | undefined): Options }>
> = {
  glyphs: {
    form: 'glyphs',
    options: (rest) => (rest === undefined ? {} : refuse(`"glyphs" takes nothing after it, got ":${rest}"`)),
  },
  idx: {
    form: 'idx:<images or folder>[,<labels>]',
    options: (rest) => {
      const [images, labels, ...more] = required('idx', rest).split(',');
      if (more.length > 0) refuse(`"idx:${rest}" names more than two files`);
      return { images, ...(labels !== undefined && labels !== '' && { labels }) };
    },
  },
  folder: { form: 'folder:<dir>', options: (rest) => ({ directory: required('folder', rest) }) },
  world: {
    form: `world:${worldNames.join('|')}`,
    options: (rest) => {
      const name = required('world', rest);
      return worldNames.some((known) => known === name)
        ? { name }
        : refuse(`there is no world "${name}"`, suggestion(name, worldNames));
    },
  },
  tokens: { form: 'tokens:<file>', options: (rest) => ({ file: required('tokens', rest) }) },
};

const suggestion = (word: string, known: readonly string[]): string => {
  const match = nearest(word, known);
  return match === undefined ? '' : `did you mean "${match}"? `;
};

function refuse(message: string, start = '', more: readonly string[] = []): never {
  const known = [...Object.values(schemes).map(({ form }) => form), ...more];
  throw new GanymedeError('GANYMEDE_DATA_SPEC', {
    message: `--data: ${message}`,
    hint: `${start}known: ${known.join(', ')}`,
    data: { known },
  });
}

const required = (scheme: string, rest: string | undefined): string =>
  rest === undefined || rest === '' ? refuse(`"${scheme}:" needs something after the colon`) : rest;

/** A dataset of another plugin, by its id or the last part of it, and without options. */
function registered(name: string, rest: string | undefined, ids: readonly string[]): DataSpec {
  const id =
    ids.find((candidate) => candidate === name) ?? ids.find((candidate) => candidate.endsWith(`/${name}`));
  if (id === undefined) {
    const others = ids.filter((candidate) => !candidate.startsWith(own));
    const names = [
      ...Object.keys(schemes),
      ...others,
      ...others.map((other) => other.slice(other.lastIndexOf('/') + 1)),
    ];
    return refuse(`there is no dataset "${name}"`, suggestion(name, names), others);
  }
  if (rest !== undefined) refuse(`"${id}" takes nothing after it, got ":${rest}"; its options have names`);
  return { id, options: {} };
}

/**
 * Reads a dataset named on the command line: `glyphs`, `idx:<images>[,<labels>]`, `idx:<folder>`, `folder:<dir>`,
 * `world:ring` (or another of the 2-D worlds), `tokens:<file>`, or one of `ids`, the datasets of other plugins (`@acme/pack/faces`, or
 * `faces` for short). Further options are the caller's to add; the module validates them. Throws `GANYMEDE_DATA_SPEC`.
 */
export function parseDataSpec(text: string, ids: readonly string[] = []): DataSpec {
  // Only the first colon separates: paths may hold more.
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const rest = colon < 0 ? undefined : text.slice(colon + 1);
  const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  if (scheme === undefined) return registered(name, rest, ids);
  return { id: `${own}${name}`, options: scheme.options(rest) };
}
