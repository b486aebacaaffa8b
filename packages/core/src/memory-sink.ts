import type { EventSink, RunEvent } from './run-event.js';

/** Keeps the events in memory: for tests, notebooks, and curves drawn at the end. */
export function memorySink(): EventSink & { readonly events: readonly RunEvent[] } {
  const events: RunEvent[] = [];
  return {
    events,
    write: (event) => void events.push(event),
    rewind: (iteration) => {
      const kept = events.filter((event) => event.iteration <= iteration);
      events.splice(0, events.length, ...kept);
    },
  };
}
