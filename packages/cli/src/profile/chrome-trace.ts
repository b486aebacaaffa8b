import { type KernelRun, layerOf, type RunProfile } from '@ganymede/core';

/** An event of Chrome's trace format: `X` spans, in microseconds, and `M` names of processes and threads. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: 'X' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

interface Span {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const threads = ['calls', 'layers', 'kernels'] as const;

/**
 * A profile as a Chrome trace, for chrome://tracing and Perfetto: a process per step, with its calls, the layers they went
 * through and the kernels one above the other. Steps follow each other though they were taken apart.
 */
export function chromeTrace({ steps }: RunProfile): { readonly traceEvents: readonly TraceEvent[] } {
  let offset = 0;
  const traceEvents = steps.flatMap(({ step, kernels }, i) => {
    const pid = i + 1;
    const at = (ms: number) => Math.round((offset + ms) * 1000);
    const span = (cat: (typeof threads)[number], { name, start, end }: Span, args?: TraceEvent['args']) => ({
      ...{ name, ph: 'X' as const, pid, tid: threads.indexOf(cat) + 1, cat },
      ...{ ts: at(start), dur: at(end) - at(start) },
      ...(args === undefined ? {} : { args }),
    });
    const first = Math.min(...kernels.slice(0, 1).map(({ start }) => start), Number.POSITIVE_INFINITY);
    const moved = kernels.map((x) => ({ ...x, start: x.start - first }));
    const events: TraceEvent[] = [
      { name: 'process_name', ph: 'M', pid, tid: 0, args: { name: `step ${step}` } },
      ...threads.map((name, t) => ({
        name: 'thread_name',
        ph: 'M' as const,
        pid,
        tid: t + 1,
        args: { name },
      })),
      ...callsOf(moved).map((call) => span('calls', call)),
      ...layersIn(moved).map((layer) => span('layers', layer)),
      ...moved.map((kernel) =>
        span('kernels', spanOf(kernel), {
          node: kernel.node,
          layer: layerOf(kernel.scope).layer,
          call: kernel.run,
          bytes: kernel.bytes,
        }),
      ),
    ];
    offset += (moved.length === 0 ? 0 : endOf(moved.at(-1) as KernelRun)) + 1;
    return events;
  });
  return { traceEvents };
}

const endOf = ({ start, milliseconds }: KernelRun): number => start + milliseconds;
const spanOf = (x: KernelRun): Span => ({ name: x.operator, start: x.start, end: endOf(x) });

/** Neighbours of one name, joined. */
function joined(kernels: readonly KernelRun[], nameOf: (x: KernelRun) => string): Span[] {
  const spans: { name: string; start: number; end: number; run: number }[] = [];
  for (const kernel of kernels) {
    const name = nameOf(kernel);
    const last = spans.at(-1);
    if (last?.name === name && last.run === kernel.run) last.end = endOf(kernel);
    else spans.push({ name, start: kernel.start, end: endOf(kernel), run: kernel.run });
  }
  return spans;
}

const callsOf = (kernels: readonly KernelRun[]) => joined(kernels, ({ run }) => `call ${run + 1}`);
const layersIn = (kernels: readonly KernelRun[]) =>
  joined(kernels, ({ scope }) => (scope === '' ? '(no layer)' : scope));
