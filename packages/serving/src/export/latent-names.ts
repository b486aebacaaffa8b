/**
 * Readable names for the noise inputs of an exported graph, in order. The only one is `latent`; of several, each is the shortest
 * end of its path that no other shares, with dots: `noise/generator/block1/noise` becomes `block1.noise`. Names in `taken`
 * (conditions, outputs, variables) are not given.
 */
export function latentNames(paths: readonly string[], taken: ReadonlySet<string> = new Set()): string[] {
  if (paths.length === 1 && !taken.has('latent')) return ['latent'];
  const parts = paths.map((path) => path.replace(/^noise\//, '').split('/'));
  return parts.map((own, i) => {
    for (let length = 1; length <= own.length; length++) {
      const name = own.slice(-length).join('.');
      const shared = parts.some((other, j) => j !== i && other.slice(-length).join('.') === name);
      if (!shared && !taken.has(name)) return name;
    }
    return `latent.${own.join('.')}`;
  });
}
