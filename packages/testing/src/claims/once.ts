/** `make`, run the first time it is called and remembered (a promise, too): several rows measure one training. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
