import { Command, Option } from 'commander';
import { collect, count, port, seed } from './flag-values.js';
import { createOutput, type Output } from './terminal/output.js';
import { version } from './version.js';

const examples = `
Examples:
  ganymede train dcgan --data glyphs --steps 2000 --out runs/glyphs
  ganymede train dcgan --data folder:./faces --set data.size=64 --set width=64 --out runs/faces
  ganymede resume runs/faces
  ganymede profile runs/faces
  ganymede sample runs/faces --count 16 --out mine.png
  ganymede export runs/faces --out faces.onnx
  ganymede serve faces.onnx

Exit status: 0 done (also when stopped by Ctrl-C), 1 failed, 2 used wrongly.`;

const trainHelp = `
Data:
  glyphs                       generated handwritten digits; needs no download
  idx:<images>[,<labels>]      MNIST-like IDX files, plain or .gz; idx:<folder> finds both
  folder:<dir>                 PNG, JPEG, WebP… of any size; sub-folders are classes
  world:<name>                 2-D points: ring, grid, swiss-roll, two-moons, parallel-lines, two-gaussians
  tokens:<file>                a sequence per line, of numbers or words
  <id of a plugin's dataset>   with its options as --set data.<option>=<value>

Options of the algorithm, the data and the backend are given with --set; what there is and the defaults:
  ganymede list dcgan          ganymede list glyphs          ganymede list ort

Examples:
  ganymede train dcgan --steps 2000 --out runs/glyphs
  ganymede train dcgan --data idx:mnist --batch 128 --set width=32 --set ema=0.999
  ganymede train dcgan --data folder:./faces --set data.size=64 --set backend.threads=4
  ganymede train seqgan --data tokens:poems.txt --set pretrain.epochs=20
  ganymede train toy --world grid --loss wgan-gp --out runs/grid

A ganymede.config.ts in this folder gives defaults; flags go before it (defineConfig is in @ganymede/cli):
  export default defineConfig({ algorithm: 'dcgan', steps: 2000, options: { width: 32 } });

Ctrl-C saves a checkpoint and ends; \`ganymede resume <run>\` goes on as if nothing had happened.`;

const profileHelp = `
Every step of the algorithm is called a few times on one state and one batch; nothing is trained and nothing is written.
"forward" is what a layer computes, "backward" its gradients of any order; "MB made" is the size of the tensors it makes.

Examples:
  ganymede profile runs/faces
  ganymede profile dcgan --set width=64 --batch 32 --steps 20
  ganymede profile runs/faces --json --trace trace.json`;

const checkpointFlag = 'the run as it was at this checkpoint: latest, previous or a name such as step-000100';

/** The command line. Commands are loaded when they are called, so that `--help` is quick. */
export function createProgram(announce: (output: Output) => void): Command {
  // Errors are reported by `main`, in one form and for `--json` too.
  const silent = { outputError: () => {} };
  const program = new Command('ganymede')
    .description('Train, sample, evaluate, export and serve generative adversarial networks.')
    .version(version)
    .exitOverride()
    .configureOutput(silent)
    .showSuggestionAfterError()
    .addHelpText('after', examples);

  const command = (nameAndArguments: string, description: string) =>
    program
      .command(nameAndArguments)
      .description(description)
      .option('--json', 'one JSON object per line, for machines')
      .option('--quiet', 'only results and errors')
      .option('--plugin <package or path>', 'a further plugin; may be repeated', collect)
      .configureOutput(silent)
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

  const debugFlag = () =>
    new Option(
      '--debug <what>',
      'nonfinite: find the operator that a NaN or infinity began with (slower)',
    ).choices(['nonfinite']);

  command('list', 'what can be trained and composed: algorithms, losses, datasets, …')
    .argument('[module]', 'show this module with its options and their defaults')
    .action(async (module: string | undefined, flags) => {
      const { list } = await import('./commands/list.js');
      await list(module, flags, outputOf(flags));
    });

  command('backends', 'which backends and devices work on this machine, and why not').action(
    async (flags) => {
      const { backends } = await import('./commands/backends.js');
      await backends(flags, outputOf(flags));
    },
  );

  backendFlags(command('train', 'train a GAN'))
    .argument(
      '[algorithm]',
      'such as dcgan or seqgan; `ganymede list` shows all (default: that of the config)',
    )
    .option('--data <what>', 'what to learn from, see below (default: glyphs; of toy: world:ring)')
    .option('--steps <count>', 'iterations to train for (default: what the algorithm has, if it ends)', count)
    .option('--batch <count>', 'examples per batch (default: 64; of toy: 256)', count)
    .option('--seed <number>', 'every random number of the run follows from it (default: 1)', seed)
    .option('--out <folder>', 'run folder, a new one (default: runs/<algorithm>-<time>)')
    .option(
      '--set <key=value>',
      'an option: width=32, data.size=64, backend.threads=1; may be repeated',
      collect,
    )
    .option('--world <name>', 'short for --data world:<name>: ring, grid, swiss-roll, two-moons, …')
    .option('--loss <name>', 'short for --set loss=<name>, of toy: wgan-gp, lgan, sn-hinge, r1, ns, …')
    .option('--config <file>', 'a ganymede.config.ts (default: the one in this folder, if any)')
    .option('--shuffle', 'read every epoch in an order of its own (default)')
    .option('--no-shuffle', "read every epoch in the data's own order")
    .option('--checkpoint-every <count>', 'iterations between checkpoints (default: 500)', count)
    .option('--sample-every <count>', 'iterations between sample grids (default: 500)', count)
    .addOption(debugFlag())
    .addHelpText('after', trainHelp)
    .action(async (algorithm: string | undefined, { json, quiet, ...flags }) => {
      const { train } = await import('./commands/train.js');
      await train(algorithm, flags, outputOf({ json, quiet }));
    });

  backendFlags(command('resume', 'go on with a run that was stopped, killed or is to train longer'))
    .argument('<run>', 'run folder')
    .option('--steps <count>', 'iterations in all (default: as the run was started)', count)
    .option('--checkpoint <name>', `${checkpointFlag} (default: latest)`)
    .option('--data <what>', 'where the data is now, if it was moved')
    .option('--sample-every <count>', 'iterations between sample grids (default: 500)', count)
    .addOption(debugFlag())
    .action(async (folder: string, flags) => {
      const { resume } = await import('./commands/resume.js');
      await resume(folder, flags, outputOf(flags));
    });

  backendFlags(command('profile', 'where the time and the memory of training go, by layer and by operator'))
    .argument(
      '[what]',
      'run folder, configuration file or algorithm (default: the configuration in this folder)',
    )
    .option('--steps <count>', 'calls of each step that are timed', count, 10)
    .option('--top <count>', 'rows of each table', count, 20)
    .option('--trace <file>', 'write every kernel as a Chrome trace (chrome://tracing, ui.perfetto.dev)')
    .option('--data <what>', 'as of train; of a run: where its data is now')
    .option('--batch <count>', 'examples per batch (default: 64)', count)
    .option('--seed <number>', 'seed of the state and the noise (default: 1)', seed)
    .option('--set <key=value>', 'an option, as of train; may be repeated', collect)
    .option('--checkpoint <name>', `${checkpointFlag} (default: latest)`)
    .addHelpText('after', profileHelp)
    .action(async (what: string | undefined, { json, quiet, ...flags }) => {
      const { profile } = await import('./commands/profile.js');
      await profile(what, flags, outputOf({ json, quiet }));
    });

  backendFlags(command('sample', 'draw samples from a run folder or an exported .onnx'))
    .argument('<source>', 'run folder or .onnx file; the same seed gives the same samples from both')
    .option('--count <count>', 'how many', count, 16)
    .option('--seed <number>', 'seed of the latents', seed, 1)
    .option(
      '--out <file>',
      'where to: .png for images, .svg for points, .txt for tokens, .json for raw numbers (default: samples.<type>)',
    )
    .option(
      '--latents <file>',
      'latents to use, a JSON array of arrays, in place of random ones (.onnx only)',
    )
    .option('--checkpoint <name>', `${checkpointFlag} (default: latest)`)
    .action(async (source: string, flags) => {
      const { sample } = await import('./commands/sample.js');
      await sample(source, flags, outputOf(flags));
    });

  backendFlags(command('evaluate', 'measure how good samples are'))
    .argument(
      '<source>',
      'run folder, in which the figures are kept; or data, such as folder:<dir> of samples',
    )
    .option('--metric <ids>', 'metrics, by commas or repeated (default: those that fit the data)', collect)
    .option('--count <count>', 'samples to measure (default: the metric’s)', count)
    .option('--seed <number>', 'seed of the samples', seed, 1)
    .option(
      '--features <file>',
      'ONNX feature network (Inception-v3, …) for the metrics that compare features',
    )
    .option(
      '--set <key=value>',
      'an option of a metric: fid.count=9000; of --features: features.size=299; of data: data.size=256',
      collect,
    )
    .option('--data <what>', 'data to compare with (default: what the run was trained on)')
    .option('--checkpoint <name>', `${checkpointFlag} (default: latest)`)
    .option('--out <file>', 'where the figures go (default: into the run’s folder)')
    .action(async (source: string, flags) => {
      const { evaluate } = await import('./commands/evaluate.js');
      await evaluate(source, flags, outputOf(flags));
    });

  backendFlags(command('export', 'write the generator as a verified ONNX file'))
    .argument('<run>', 'run folder')
    .option('--out <file>', 'where to (default: <run>/generator.onnx)')
    .addOption(new Option('--layout <layout>', 'layout of images').choices(['nchw', 'nhwc']).default('nchw'))
    .option('--checkpoint <name>', `${checkpointFlag} (default: latest)`)
    .action(async (folder: string, flags) => {
      const { exportRun } = await import('./commands/export.js');
      await exportRun(folder, flags, outputOf(flags));
    });

  command('serve', 'answer inference requests for exported generators over HTTP, until Ctrl-C')
    .argument('<artifacts...>', '.onnx files, or folders with one model in each sub-folder')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on, 0 for any', port, 8080)
    .option('--workers <count>', 'inference threads (default: as many as cores, at most 2)', count)
    .action(async (artifacts: readonly string[], flags) => {
      const { serve } = await import('./commands/serve.js');
      await serve(artifacts, flags, outputOf(flags));
    });

  command('games', 'draw games: best responses, gradient play, predictability minimization')
    .argument('[picture]', 'which picture; without, the list of them')
    .option('--out <file>', 'where to, an SVG file (default: <picture>.svg)')
    .option('--seed <number>', 'seed of what is drawn at random', seed, 1)
    .action(async (picture: string | undefined, flags) => {
      const { games } = await import('./commands/games.js');
      await games(picture, flags, outputOf(flags));
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
