import type { Contender } from './alternate.js';
import { startTorch } from './torch-peer.js';
import type { Workload } from './workload.js';

/** PyTorch doing a workload's step in one memory layout, in a process of its own. */
export interface TorchContender extends Contender {
  readonly version: string;
  readonly parameters: readonly number[];
  losses(): readonly number[];
  /** Bytes that the process held at most. */
  peakMemory(): number;
  stop(): Promise<void>;
}

interface Setup {
  readonly torch: string;
  readonly layouts: readonly string[];
}

interface Steps {
  readonly ms: readonly number[];
  readonly losses: readonly number[];
  readonly rss: number;
}

/** One contender for each memory layout; none, after saying so, where Python has no PyTorch. */
export async function torchContenders({ torch }: Workload, threads: number): Promise<TorchContender[]> {
  const setup = { do: 'setup', threads, ...torch };
  const open = async (layout?: string): Promise<TorchContender[]> => {
    const peer = startTorch();
    const { torch: version, layouts } = await peer.ask<Setup>(setup);
    const [own, ...others] = layout === undefined ? layouts : [layout];
    const { parameters } = await peer.ask<{ parameters: number[] }>({ do: 'open', layout: own });
    let last: Steps = { ms: [], losses: [], rss: 0 };
    const contender: TorchContender = {
      name: `pytorch ${own}`,
      version,
      parameters,
      async block(count) {
        last = await peer.ask<Steps>({ do: 'steps', count });
        return last.ms;
      },
      losses: () => last.losses,
      peakMemory: () => last.rss,
      stop: () => peer.stop(),
    };
    const rest: TorchContender[] = [];
    for (const other of others) rest.push(...(await open(other)));
    return [contender, ...rest];
  };
  try {
    return await open();
  } catch (error) {
    console.error(`!!! PyTorch is not measured: ${error instanceof Error ? error.message : String(error)}`);
    console.error('!!! set GANYMEDE_PYTHON to a Python that has torch (`pip install torch`)');
    return [];
  }
}
