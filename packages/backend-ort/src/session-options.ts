import { basename } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import type { Device, OrtOptions } from './options.js';

/** How much ONNX Runtime rewrites a graph. */
export type Level = Exclude<OrtOptions['graphOptimization'], 'auto'>;

/**
 * Graphs of known sizes are rewritten for the CPU before ONNX Runtime sees them: its own passes gain nothing more and take a
 * fifth to a half of the time of compiling.
 */
export const levelFor = (wanted: OrtOptions['graphOptimization'], device: Device, fixed: boolean): Level =>
  wanted !== 'auto' ? wanted : device === 'cpu' && fixed ? 'disabled' : 'all';

/** What decides how ONNX Runtime runs a graph. */
export interface SessionPlan {
  readonly device: Device;
  readonly threads: number;
  readonly graphOptimization: Level;
  /** Where outputs are wanted. */
  readonly locations: Pick<InferenceSession.SessionOptions, 'preferredOutputLocation'>;
  /** Start of the path of a kernel trace. */
  readonly profile?: string | undefined;
}

/**
 * The options of a session. Three things are off on purpose: memory patterns (the second run asks for all memory in one piece, beside the
 * pieces of the first, which stay: up to 1.7 times the peak for a hundredth of the time), flushing denormals (`session.set_denormal_as_zero` would also
 * flush those of JavaScript's own arithmetic, on the same thread), and a second operator at a time (the graphs are chains,
 * and one operator uses all threads).
 */
export function sessionOptions(plan: SessionPlan): InferenceSession.SessionOptions {
  const { device, threads, graphOptimization, locations, profile } = plan;
  return {
    executionProviders: device === 'cpu' ? ['cpu'] : [device, 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: graphOptimization,
    enableCpuMemArena: true,
    enableMemPattern: false,
    // Whatever ONNX Runtime reports is thrown as an error too; nothing belongs on the console.
    logSeverityLevel: 4,
    ...locations,
    ...(profile !== undefined && {
      enableProfiling: true,
      profileFilePrefix: profile,
      logId: basename(profile),
    }),
  };
}
