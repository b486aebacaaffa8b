import type { Algorithm } from './algorithm.js';
import type { Backend } from './backend.js';
import type { Clock } from './clock.js';
import { type CompiledStep, compileStep } from './compile-step.js';
import type { UntimedEvent } from './event-hub.js';
import type { StateTypes } from './state-reader.js';

/** An algorithm's steps, compiled, under the names they have in it, with an event for each. */
export async function compileSteps(
  algorithm: Algorithm,
  types: StateTypes,
  backend: Backend,
  clock: Clock,
  iteration: number,
): Promise<{ steps: ReadonlyMap<string, CompiledStep>; events: UntimedEvent[] }> {
  const steps = new Map<string, CompiledStep>();
  const events: UntimedEvent[] = [];
  try {
    for (const [name, step] of Object.entries(algorithm.steps)) {
      const began = clock.elapsed();
      const compiled = await compileStep(step, types, backend);
      steps.set(name, compiled);
      const seconds = (clock.elapsed() - began) / 1000;
      events.push({ type: 'compiled', iteration, step: step.name, nodes: compiled.nodes, seconds });
    }
  } catch (error) {
    for (const step of steps.values()) await step.dispose();
    throw error;
  }
  return { steps, events };
}
