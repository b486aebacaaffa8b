interface Base {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Iterations completed. */
  readonly iteration: number;
}

/** What a run tells its sinks and the consumer of `advance()`. JSON. */
export type RunEvent = Base &
  (
    | {
        readonly type: 'start';
        readonly algorithm: string;
        readonly dataset: string;
        readonly backend: string;
        /** Iterations at which the run ends; null where its schedule decides. */
        readonly steps: number | null;
        readonly batch: number;
        readonly seed: number;
        /** The checkpoint that this session goes on from. */
        readonly from?: string;
      }
    | { readonly type: 'compiled'; readonly step: string; readonly nodes: number; readonly seconds: number }
    | {
        readonly type: 'step';
        readonly step: string;
        readonly metrics: Readonly<Record<string, number>>;
        /** Time of this iteration. */
        readonly seconds: number;
      }
    | { readonly type: 'checkpoint'; readonly checkpoint: string; readonly seconds: number }
    /** `seconds`: training time over all sessions. */
    | { readonly type: 'stopped' | 'end'; readonly seconds: number; readonly checkpoint?: string }
    | { readonly type: 'error'; readonly code: string; readonly message: string }
  );

/** Takes the events of a run. A sink that throws is reported to the logger and left out from then on; the run goes on. */
export interface EventSink {
  /** Waited for: a slow sink slows the run rather than losing events. */
  write(event: RunEvent): void | Promise<void>;
  /** Called before the first event of a resumed run: forget events after `iteration`, they will happen again. */
  rewind?(iteration: number): void | Promise<void>;
  close?(): void | Promise<void>;
}
