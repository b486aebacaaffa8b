import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isView, type KernelRun } from '@ganymede/core';
import type { Graph } from '@ganymede/tensor';

/** What ONNX Runtime writes of one event; times are microseconds, arguments are text. */
interface TraceEvent {
  readonly cat: string;
  readonly name: string;
  readonly ts: number;
  readonly dur: number;
  readonly args?: { readonly op_name?: string; readonly output_size?: string };
}

/** Where a session writes its trace, and how to read it once the session is closed. */
export interface KernelTrace {
  /** Start of the path of the file. */
  readonly prefix: string;
  /** The kernels in order; removes the file. */
  take(graph: Graph): Promise<readonly KernelRun[]>;
}

/** Makes room for a session's trace. */
export async function createKernelTrace(): Promise<KernelTrace> {
  const folder = await mkdtemp(join(tmpdir(), 'ganymede-profile-'));
  return {
    prefix: join(folder, 'session'),
    async take(graph) {
      const [file] = await readdir(folder);
      const text = file === undefined ? '[]' : await readFile(join(folder, file), 'utf8');
      await rm(folder, { recursive: true, force: true });
      return kernelRuns(JSON.parse(text) as TraceEvent[], new Set(graph.nodes.map(({ scope }) => scope)));
    },
  };
}

const suffix = '_kernel_time';

/** The kernels among the events of a trace, in the runs they belong to. */
export function kernelRuns(events: readonly TraceEvent[], scopes: ReadonlySet<string>): KernelRun[] {
  const inOrder = (list: readonly TraceEvent[]) => [...list].sort((a, b) => a.ts - b.ts);
  const runs = inOrder(events.filter(({ name }) => name === 'model_run'));
  const origin = runs[0]?.ts ?? 0;
  const kernels = inOrder(events.filter(({ cat, name }) => cat === 'Node' && name.endsWith(suffix)));
  let run = 0;
  return kernels.map(({ name, ts, dur, args = {} }) => {
    while (run + 1 < runs.length && ts >= (runs[run + 1] as TraceEvent).ts) run++;
    const node = name.slice(0, -suffix.length);
    const operator = args.op_name ?? '';
    return {
      run,
      node,
      scope: scopeIn(node, scopes),
      operator,
      start: (ts - origin) / 1000,
      milliseconds: dur / 1000,
      bytes: isView(operator) ? 0 : Number(args.output_size ?? 0),
    };
  });
}

/** The longest known layer in a node's name: ONNX Runtime adds words before and after when it joins nodes. */
function scopeIn(node: string, scopes: ReadonlySet<string>): string {
  let path = node.slice(0, Math.max(node.lastIndexOf('/'), 0));
  for (;;) {
    if (scopes.has(path)) return path;
    if (path === '') return '';
    // `fused generator/conv1` is `generator/conv1`.
    const space = path.indexOf(' ');
    path = space >= 0 ? path.slice(space + 1) : path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  }
}
