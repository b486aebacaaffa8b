import type { Scheduled, StepContext } from '@ganymede/core';

/**
 * A context whose schedules see another count of calls than the step's own: an optimizer that several steps share, or that is applied
 * once in several calls, counts its updates. One schedule stays one input however often it is asked for.
 */
export function countedAs(ctx: StepContext, count: (call: number) => number): StepContext {
  const known = new Map<Scheduled, Scheduled>();
  const recounted = (value: Scheduled): Scheduled => {
    if (typeof value !== 'function') return value;
    const made = known.get(value) ?? ((call: number) => value(count(call)));
    known.set(value, made);
    return made;
  };
  const wrap = (inner: StepContext): StepContext => ({
    ...inner,
    child: (name) => wrap(inner.child(name)),
    scalar: (name, value) => inner.scalar(name, recounted(value)),
  });
  return wrap(ctx);
}
