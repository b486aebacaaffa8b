import { processWide } from './process-wide.js';
import { currentOrigin } from './scope.js';
import { captureSource, type Source } from './user-source.js';

/** Where a tensor was made. */
export interface Origin {
  /** The line of the user's code that made it, if it was made by such a line. */
  readonly source: () => Source;
  /** The line that made the layer it belongs to, if that was noted. */
  readonly madeAt: () => Source;
}

/** The function within which tensors are traced. */
const tracing = processWide<{ until: string | undefined }>('tracing', { until: undefined });

/**
 * Tensors made by `build` remember where: microseconds each, so only for those who look for a fault. `within` names the
 * function that calls the user's programs: lines beyond it made none of their tensors.
 */
export function traceOrigins<T>(within: string, build: () => T): T {
  const outer = tracing.until;
  tracing.until = within;
  try {
    return build();
  } finally {
    tracing.until = outer;
  }
}

/** The origin of a tensor that is being made, while {@link traceOrigins} is at work. */
export function originIfTraced(): Origin | undefined {
  const { until } = tracing;
  if (until === undefined) return undefined;
  const layer = currentOrigin();
  return { source: captureSource(originIfTraced, until), madeAt: () => layer };
}
