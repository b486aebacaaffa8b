/** Runs async functions one after the other, in the order in which they were handed in. */
export function createExclusive(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {}); // A failure is the caller's business, not that of the next in the queue.
    return result;
  };
}
