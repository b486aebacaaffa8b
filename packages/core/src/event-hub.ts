import type { Clock } from './clock.js';
import type { Logger } from './logger.js';
import type { EventSink, RunEvent } from './run-event.js';

type WithoutTime<E> = E extends unknown ? Omit<E, 'time'> : never;
/** An event before it is stamped. */
export type UntimedEvent = WithoutTime<RunEvent>;

/** Gives events to any number of sinks, in order. */
export interface EventHub {
  emit(event: UntimedEvent): Promise<RunEvent>;
  rewind(iteration: number): Promise<void>;
  close(): Promise<void>;
}

/** A sink that throws is reported to the logger once and left out; training is worth more than its log. */
export function createEventHub(sinks: readonly EventSink[], clock: Clock, logger: Logger): EventHub {
  const active = new Set(sinks);
  const each = async (use: (sink: EventSink) => void | Promise<void> | undefined): Promise<void> => {
    for (const sink of active) {
      try {
        await use(sink);
      } catch (error) {
        active.delete(sink);
        logger.error(
          `an event sink failed and gets no more events: ${error instanceof Error ? error.message : error}`,
        );
      }
    }
  };
  return {
    emit: async (untimed) => {
      const event: RunEvent = { time: clock.now(), ...untimed };
      await each((sink) => sink.write(event));
      return event;
    },
    rewind: (iteration) => each((sink) => sink.rewind?.(iteration)),
    close: () => each((sink) => sink.close?.()),
  };
}
