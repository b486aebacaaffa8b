import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exitStatusOf } from './exit-status.js';
import { createOutput, type Output } from './terminal/output.js';
import { version } from './version.js';

/** Runs the `ganymede` command with `args` (without node and script) and returns its exit status. */
export async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  let output: Output = createOutput({ json: args.includes('--json'), quiet: args.includes('--quiet') });
  try {
    await createProgram((made) => {
      output = made;
    }).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    output.error(error);
    return exitStatusOf(error);
  }
}

const count = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('expected a whole number above 0');
  return number;
};
const seed = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 0xffff_ffff) {
    throw new InvalidArgumentError('expected a whole number from 0 to 4294967295');
  }
  return number;
};
const collect = (text: string, previous: readonly string[] = []): readonly string[] => [...previous, text];

const examples = `
Examples:
  ganymede train dcgan --data glyphs --steps 2000 --out runs/glyphs
  ganymede train dcgan --data folder:./faces --set data.size=64 --set width=64 --out runs/faces
  ganymede resume runs/faces
  ganymede sample runs/faces --count 16 --out mine.png
  ganymede export runs/faces --out faces.onnx
  ganymede serve faces.onnx

Exit status: 0 done, 1 failed, 2 used wrongly.`;

/** The command line. Commands are loaded when they are called, so that `--help` is quick. */
export function createProgram(announce: (output: Output) => void): Command {
  const program = new Command('ganymede')
    .description('Train, sample, evaluate, export and serve generative adversarial networks.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(ganymede --help lists the commands)')
    .showSuggestionAfterError()
    .addHelpText('after', examples);

  const command = (nameAndArguments: string, description: string) =>
    program
      .command(nameAndArguments)
      .description(description)
      .option('--json', 'one JSON object per line, for machines')
      .option('--quiet', 'only results and errors')
      .option('--plugin <package or path>', 'a further plugin; may be repeated', collect, [])
      .exitOverride();
  const outputOf = (flags: { json?: boolean; quiet?: boolean }): Output => {
    const output = createOutput({ json: flags.json ?? false, quiet: flags.quiet ?? false });
    announce(output);
    return output;
  };
  const backendFlags = (c: Command) =>
    c
      .option('--backend <id>', 'what runs the graphs (default: ort)')
      .option('--device <name>', 'auto, cpu, webgpu or cuda, as the backend has them');

  command('list', 'what can be trained and composed: algorithms, losses, datasets, …').action(
    async (flags) => {
      const { list } = await import('./commands/list.js');
      await list(flags, outputOf(flags));
    },
  );

  command('backends', 'which backends and devices work on this machine, and why not').action(
    async (flags) => {
      const { backends } = await import('./commands/backends.js');
      await backends(flags, outputOf(flags));
    },
  );

  backendFlags(command('train [algorithm]', 'train a GAN'))
    .option(
      '--data <what>',
      'glyphs | idx:<images>[,<labels>] | folder:<dir> | mixture:ring|grid|swiss-roll | tokens:<file> (default: glyphs)',
    )
    .option('--steps <count>', 'iterations to train for', count)
    .option('--batch <count>', 'examples per batch', count)
    .option('--seed <number>', 'every random number of the run follows from it (default: 1)', seed)
    .option('--out <folder>', 'run folder (default: runs/<algorithm>-<time>)')
    .option(
      '--set <key=value>',
      'an option: width=32, data.size=64, backend.threads=1; may be repeated',
      collect,
    )
    .option('--config <file>', 'a ganymede.config.ts (default: the one in this folder, if any)')
    .option('--checkpoint-every <count>', 'iterations between checkpoints', count)
    .option('--sample-every <count>', 'iterations between sample grids (default: 500)', count)
    .action(async (algorithm: string | undefined, { json, quiet, ...flags }) => {
      const { train } = await import('./commands/train.js');
      const run = await train(algorithm, flags, outputOf({ json, quiet }));
      await run.dispose();
    });

  backendFlags(command('resume <run>', 'go on with a run that was stopped, killed or is to train longer'))
    .option('--steps <count>', 'iterations in all; default: as the run was started', count)
    .option('--checkpoint <name>', 'go on from this checkpoint, such as step-000100; default: the newest')
    .option('--sample-every <count>', 'iterations between sample grids (default: 500)', count)
    .action(async (folder: string, flags) => {
      const { resume } = await import('./commands/resume.js');
      await resume(folder, flags, outputOf(flags));
    });

  backendFlags(command('sample <run or artifact>', 'draw samples from a run folder or an exported .onnx'))
    .option('--count <count>', 'how many', count, 16)
    .option('--seed <number>', 'seed of the latents', seed, 1)
    .option(
      '--out <file>',
      'where to: .png for images, .svg for points, .txt for tokens, .json for raw numbers',
    )
    .option('--latents <file>', 'latents to use, a JSON array of arrays, in place of random ones')
    .option('--checkpoint <name>', 'the run as it was at this checkpoint; default: the newest')
    .action(async (source: string, flags) => {
      const { sample } = await import('./commands/sample.js');
      await sample(source, flags, outputOf(flags));
    });

  backendFlags(command('evaluate <run>', 'measure how good the samples are'))
    .option('--metric <id>', 'a metric; may be repeated (default: those that fit the data)', collect)
    .option('--count <count>', 'samples to measure', count)
    .option('--seed <number>', 'seed of the samples', seed, 1)
    .option('--data <what>', 'data to compare with (default: what the run was trained on)')
    .action(async (folder: string, flags) => {
      const { evaluate } = await import('./commands/evaluate.js');
      await evaluate(folder, flags, outputOf(flags));
    });

  backendFlags(command('export <run>', 'write the generator as a verified ONNX file'))
    .option('--out <file>', 'where to (default: <run>/generator.onnx)')
    .option('--layout <layout>', 'layout of images: nchw or nhwc', 'nchw')
    .option('--checkpoint <name>', 'the run as it was at this checkpoint; default: the newest')
    .action(async (folder: string, flags) => {
      const { exportRun } = await import('./commands/export.js');
      await exportRun(folder, flags, outputOf(flags));
    });

  command('serve <artifacts...>', 'answer inference requests for exported generators over HTTP')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(new Option('--port <number>', 'port to listen on, 0 for any').default(8080).argParser(Number))
    .option('--workers <count>', 'inference threads', count)
    .action(async (artifacts: readonly string[], flags) => {
      const { serve } = await import('./commands/serve.js');
      await serve(artifacts, flags, outputOf(flags));
    });

  command('demo', 'train DCGAN on generated glyphs, measure, export: everything once, in minutes')
    .option('--steps <count>', 'iterations', count, 2000)
    .option('--out <folder>', 'run folder (default: runs/demo)')
    .action(async (flags) => {
      const { demo } = await import('./commands/demo.js');
      await demo(flags, outputOf(flags));
    });

  return program;
}
