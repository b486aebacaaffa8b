let current = '';

/**
 * Names every tensor that `build` makes after `name`, nested scopes joined by `/`; nodes of the exported graph, errors and
 * profiles then speak of layers. Purely descriptive: it changes no result. Synchronous.
 */
export function scope<T>(name: string, build: () => T): T {
  const outer = current;
  current = outer === '' ? name : `${outer}/${name}`;
  try {
    return build();
  } finally {
    current = outer;
  }
}

/** The path of the scope being built, `''` outside any. */
export const currentScope = (): string => current;

/** As {@link scope}, but `path` replaces the scopes being built instead of nesting in them: for code that rebuilds tensors. */
export function scopeAt<T>(path: string, build: () => T): T {
  const outer = current;
  current = path;
  try {
    return build();
  } finally {
    current = outer;
  }
}

/** `Conv in generator/block1`: how messages name the operator being built. */
export const site = (operator: string): string => (current === '' ? operator : `${operator} in ${current}`);
