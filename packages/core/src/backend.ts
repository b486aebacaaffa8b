import type { Graph, Value } from '@ganymede/tensor';

/** A tensor that lives on a device. `read` copies it to the host. */
export interface DeviceValue {
  readonly dtype: Value['dtype'];
  readonly shape: readonly number[];
  readonly location: 'device';
  read(): Promise<Value>;
  dispose(): void;
}

/** A tensor wherever it is cheapest: host memory or a device. */
export type Held = Value | DeviceValue;

/** Whether a tensor lives on a device and must be read and disposed. */
export const isOnDevice = (x: Held): x is DeviceValue => 'location' in x;

/** The value on the host. */
export const toHost = async (x: Held): Promise<Value> => (isOnDevice(x) ? x.read() : x);

/** How a graph is compiled. */
export interface CompileOptions {
  /** Values baked into the executable: inputs of these names are not fed. */
  readonly constants?: Readonly<Record<string, Value>>;
  /** Outputs that may stay on the device (state fed back into a later step). Default: none. */
  readonly resident?: readonly string[];
  /**
   * The graph is a training step: forms that take less time for a last bit or two are welcome (at most 1e-5 of the largest
   * number of a result). Default: none of them, as samples, features and exports are compared with other programs'.
   */
  readonly training?: boolean;
  /**
   * Takes the time of every kernel, which slows runs down. Called once, when the executable is disposed. Backends without
   * the flag `profiles` leave it out.
   */
  readonly profile?: (kernels: readonly KernelRun[]) => void;
}

/** One kernel in one run of an executable. */
export interface KernelRun {
  /** Counts the executable's runs, from 0. */
  readonly run: number;
  /** Name of the graph node, or of what the backend made of it. */
  readonly node: string;
  /** Layer path of the node, `''` outside any. */
  readonly scope: string;
  readonly operator: string;
  /** Milliseconds since the first run began. */
  readonly start: number;
  readonly milliseconds: number;
  /** Bytes of the tensors it made; none where the result is a view of the input. */
  readonly bytes: number;
}

/** A compiled graph. `run` wants every input and returns every output, each by name. */
export interface Executable {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Nodes after optimization, for the log. */
  readonly nodes: number;
  run(feeds: Readonly<Record<string, Held>>): Promise<Record<string, Held>>;
  dispose(): Promise<void>;
}

/** What a backend can do. Tests skip by flag, visibly. */
export interface BackendFlags {
  readonly float64: boolean;
  /** Same feeds, same bits, every time. */
  readonly deterministic: boolean;
  /** Tells what each kernel took: {@link CompileOptions.profile}. */
  readonly profiles?: boolean;
}

/** Runs graphs on a device. */
export interface Backend {
  /** Short name: `ort`. */
  readonly name: string;
  readonly device: string;
  /** For people: `ort · cpu · 2 threads`. */
  readonly summary: string;
  /** What to know about a device that was chosen for the user: there is a better one, and why it is not used. Runs say it once. */
  readonly notice?: string;
  readonly flags: BackendFlags;
  /** Throws `GANYMEDE_BACKEND_OPERATOR` naming operators it lacks, `GANYMEDE_BACKEND_COMPILE` for anything else. */
  compile(graph: Graph, options?: CompileOptions): Promise<Executable>;
  dispose(): Promise<void>;
}

/** Whether a backend's device can be used here; where not, why and what to install. */
export interface DeviceReport {
  readonly device: string;
  readonly usable: boolean;
  readonly detail: string;
}

export { checkFeeds, type FeedSignature, feedSignature } from './check-feeds.js';
