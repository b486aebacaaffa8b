import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';

/** A pointer into ONNX Runtime's memory. */
export type Pointer = bigint;

type Signature = readonly [place: number, result: string, parameters: readonly string[]];

/** Functions by their places in `OrtApi`, which stay for good: the table only grows at its end. */
const signatures = {
  getErrorMessage: [2, 'const char *', ['void *']],
  createEnv: [3, 'void *', ['int', 'const char *', 'void *']],
  createSessionFromArray: [8, 'void *', ['void *', 'void *', 'size_t', 'void *', 'void *']],
  run: [9, 'void *', ['void *', 'void *', 'void *', 'void *', 'size_t', 'void *', 'size_t', 'void *']],
  createSessionOptions: [10, 'void *', ['void *']],
  disableMemPattern: [17, 'void *', ['void *']],
  enableCpuMemArena: [18, 'void *', ['void *']],
  setSessionLogSeverityLevel: [22, 'void *', ['void *', 'int']],
  setSessionGraphOptimizationLevel: [23, 'void *', ['void *', 'int']],
  setIntraOpNumThreads: [24, 'void *', ['void *', 'int']],
  setInterOpNumThreads: [25, 'void *', ['void *', 'int']],
  createTensorWithDataAsOrtValue: [
    49,
    'void *',
    ['void *', 'void *', 'size_t', 'void *', 'size_t', 'int', 'void *'],
  ],
  createCpuMemoryInfo: [69, 'void *', ['int', 'int', 'void *']],
  releaseStatus: [93, 'void', ['void *']],
  releaseSession: [95, 'void', ['void *']],
  releaseValue: [96, 'void', ['void *']],
  releaseSessionOptions: [100, 'void', ['void *']],
} as const satisfies Readonly<Record<string, Signature>>;

type Name = keyof typeof signatures;
type Argument = Pointer | number | string | null | ArrayBufferView;
type Functions = Readonly<Record<Name, (...args: readonly Argument[]) => unknown>>;

/** ONNX Runtime's C interface. Its functions return a status for `check`, or nothing. */
export interface OrtApi extends Functions {
  /** Throws what a status says, if it says anything. */
  check(status: unknown): void;
  /** The pointer that a function writes into the slot it is given. */
  made(fill: (slot: BigUint64Array) => unknown): Pointer;
  /** Where an array lies. */
  address(array: ArrayBufferView): Pointer;
  /** What all sessions share. */
  readonly environment: Pointer;
  readonly memory: Pointer;
}

/** Nothing but errors, which are thrown too, is worth a line on the console. */
export const LOG_LEVEL = 4;

/** Any later library knows this version of the table. */
const VERSION = 17;

const POINTER_BYTES = 8;

/** A kernel's stack, as large as that of a thread. */
const STACK_BYTES = 8 * 2 ** 20;

/** Where onnxruntime-node keeps the library that it has loaded. Known for Linux only. */
function libraryPath(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const main = createRequire(import.meta.url).resolve('onnxruntime-node');
  return join(dirname(main), '..', 'bin', 'napi-v6', process.platform, process.arch, 'libonnxruntime.so.1');
}

type Koffi = typeof import('koffi');

/** koffi refuses settings once anybody in the process has used it; the stack it has then serves, too. */
function settle(koffi: Koffi): void {
  try {
    koffi.config({ sync_stack_size: STACK_BYTES });
  } catch {}
}

function functionsOf(koffi: Koffi, path: string): Functions {
  const base = koffi.load(path).func('OrtGetApiBase', 'void *', [])() as Pointer;
  const getApi = koffi.decode(base, 'void *') as Pointer;
  const table = koffi.call(getApi, koffi.proto('void *', ['uint32_t']), VERSION) as Pointer;
  const functionAt = ([place, result, parameters]: Signature): unknown => {
    const pointer = koffi.decode(table, place * POINTER_BYTES, 'void *') as Pointer;
    return koffi.decode(pointer, koffi.proto(result, [...parameters]));
  };
  const functions = Object.entries(signatures).map(([name, one]) => [name, functionAt(one)] as const);
  // One function per signature.
  return Object.fromEntries(functions) as Functions;
}

/**
 * ONNX Runtime's C interface, called through koffi. onnxruntime-node copies every output into memory that it asks for anew,
 * which for the state of a step costs as much as a third of the step. Undefined where koffi or the library is missing.
 */
export async function loadOrtApi(
  load: () => Promise<unknown> = () => import('koffi'),
): Promise<OrtApi | undefined> {
  let functions: Functions;
  let koffi: Koffi;
  try {
    const path = libraryPath();
    if (path === undefined) return undefined;
    koffi = ((await load()) as { default: Koffi }).default;
    settle(koffi);
    functions = functionsOf(koffi, path);
  } catch {
    return undefined;
  }
  const check = (status: unknown): void => {
    if (typeof status !== 'bigint' || status === 0n) return;
    const message = String(functions.getErrorMessage(status));
    functions.releaseStatus(status);
    throw new Error(message);
  };
  const made = (fill: (slot: BigUint64Array) => unknown): Pointer => {
    const slot = new BigUint64Array(1);
    check(fill(slot));
    return slot[0] as Pointer;
  };
  return {
    ...functions,
    check,
    made,
    address: (array) => koffi.address(array),
    environment: made((slot) => functions.createEnv(LOG_LEVEL, 'ganymede', slot)),
    memory: made((slot) => functions.createCpuMemoryInfo(0, 0, slot)),
  };
}
