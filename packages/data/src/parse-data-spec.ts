import { nearest } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';

/** A dataset module's id and the options to create it with. */
export interface DataSpec {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

type Options = Record<string, unknown>;

const worlds = ['ring', 'grid', 'swiss-roll'];

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
  mixture: {
    form: 'mixture:ring|grid|swiss-roll',
    options: (rest) => {
      const world = required('mixture', rest);
      return worlds.includes(world)
        ? { world }
        : refuse(`there is no mixture "${world}"`, suggestion(world, worlds));
    },
  },
  tokens: { form: 'tokens:<file>', options: (rest) => ({ file: required('tokens', rest) }) },
};

const suggestion = (word: string, known: readonly string[]): string => {
  const match = nearest(word, known);
  return match === undefined ? '' : `did you mean "${match}"? `;
};

function refuse(message: string, start = ''): never {
  const forms = Object.values(schemes).map(({ form }) => form);
  throw new GanymedeError('GANYMEDE_DATA_SPEC', {
    message: `--data: ${message}`,
    hint: `${start}known: ${forms.join(', ')}`,
    data: { known: forms },
  });
}

const required = (scheme: string, rest: string | undefined): string =>
  rest === undefined || rest === '' ? refuse(`"${scheme}:" needs something after the colon`) : rest;

/**
 * Reads a dataset named on the command line: `glyphs`, `idx:<images>[,<labels>]`, `idx:<folder>`, `folder:<dir>`,
 * `mixture:ring|grid|swiss-roll`, `tokens:<file>`. `overrides` are options that win over those of the text; the module
 * validates them. Throws `GANYMEDE_DATA_SPEC`.
 */
export function parseDataSpec(text: string, overrides: Readonly<Record<string, unknown>> = {}): DataSpec {
  // Only the first colon separates: paths may hold more.
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  if (scheme === undefined) refuse(`there is no dataset "${name}"`, suggestion(name, Object.keys(schemes)));
  const options = scheme.options(colon < 0 ? undefined : text.slice(colon + 1));
  return { id: `@ganymede/data/${name}`, options: { ...options, ...overrides } };
}
