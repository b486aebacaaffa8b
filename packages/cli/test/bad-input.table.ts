/** A mistake: what it is, the command, its exit status, its code without `GANYMEDE_`, and what the message says. */
export type BadInput = readonly [what: string, command: string, status: 1 | 2, code: string, says: RegExp];

const two = 'train dcgan --steps 2 --out new';
const small = '--set width=2 --set data.count=64 --batch 8';

/** Run in the folder that bad-input.test.ts prepares. */
export const badInput: readonly BadInput[] = [
  // The command line
  ['an unknown command', 'trian', 2, 'USAGE', /'trian'\n {2}did you mean train\?/],
  ['an unknown flag', `${two} --stepz 3`, 2, 'USAGE', /did you mean --steps\?/],
  ['no algorithm', 'train --out new', 2, 'USAGE', /known: dcgan, toy, seqgan/],
  ['steps of 0', `${two} --steps 0`, 2, 'USAGE', /whole number above 0/],
  ['a count in words', 'sample run --count many', 2, 'USAGE', /--count/],
  ['a negative seed', `${two} --seed -1`, 2, 'USAGE', /--seed/],
  ['an assignment without a value', `${two} --set width`, 2, 'USAGE', /key=value/],
  ['a picture of an unknown type', 'sample run --out x.jpg', 2, 'USAGE', /\.png/],
  ['an unknown layout', 'export run --layout chwn', 2, 'USAGE', /nchw, nhwc/],
  ['latents of a run', 'sample run --latents latents.json', 2, 'USAGE', /ganymede export run/],
  // Ids and options
  ['an unknown algorithm', 'train dcgam --out new', 2, 'UNKNOWN_ALGORITHM', /did you mean "dcgan"\?/],
  ['an unknown option', `${two} --set widht=3`, 2, 'OPTION', /"widht"[\s\S]*did you mean "width"\?/],
  ['an option out of range', `${two} --set width=0`, 2, 'OPTION', /width[\s\S]*received 0/],
  ['an option of the wrong type', `${two} --set width=wide`, 2, 'OPTION', /received "wide"/],
  ['an unknown option of the data', `${two} --set data.cuont=3`, 2, 'OPTION', /did you mean "count"\?/],
  ['an unknown backend', `${two} --backend tfjs`, 2, 'UNKNOWN_BACKEND', /known: ort/],
  ['an unknown device', `${two} --device tpu`, 2, 'OPTION', /received "tpu"/],
  ['an unknown metric', 'evaluate run --metric fit', 2, 'UNKNOWN_METRIC', /did you mean "fid"\?/],
  ['an unknown module', 'list hing', 2, 'UNKNOWN_MODULE', /did you mean "hinge"\?/],
  // Configuration and plugins
  ['a wrong setting', `${two} --config wrong.config.ts`, 2, 'CONFIG', /"stepz"[\s\S]*did you mean "steps"\?/],
  ['a missing configuration', `${two} --config none.ts`, 2, 'CONFIG', /"none\.ts"/],
  ['a missing plugin', `${two} --plugin @acme/none`, 2, 'UNKNOWN_PLUGIN', /npm i @acme\/none/],
  ['a plugin cut short', `${two} --plugin ./broken.mjs`, 2, 'PLUGIN_INVALID', /could not be loaded/],
  ['a plugin that is none', `${two} --plugin ./noplugin.mjs`, 2, 'PLUGIN_INVALID', /default export/],
  ['a plugin of another version', `${two} --plugin ./old.mjs`, 2, 'API_VERSION', /7, expected 1/],
  // Data
  ['unknown data', `${two} --data glyfs`, 2, 'DATA_SPEC', /did you mean "glyphs"\?/],
  ['a missing data folder', `${two} --data folder:./none`, 1, 'DATA_MISSING', /none/],
  ['an empty data folder', `${two} --data folder:./empty`, 1, 'DATA_EMPTY', /"\.\/empty" holds no images/],
  ['a data folder without images', `${two} --data folder:./texts`, 1, 'DATA_EMPTY', /1 files of other types/],
  ['a data folder that is a file', `${two} --data folder:./file`, 1, 'DATA_', /file/],
  ['a data folder of spoiled images', `${two} --data folder:./spoiled`, 1, 'DATA_UNREADABLE', /a\.png/],
  ['an IDX file cut short', `${two} --data idx:short.idx`, 1, 'DATA_TRUNCATED', /short\.idx/],
  ['an IDX file with the wrong magic', `${two} --data idx:magic.idx`, 1, 'DATA_MAGIC', /magic\.idx/],
  ['labels in place of images', `${two} --data idx:labels.idx`, 1, 'DATA_', /labels\.idx/],
  ['labels of others', `${two} --data idx:good.idx,fewer.idx`, 1, 'DATA_COUNT', /50 labels.*100 images/],
  ['images for a GAN of sequences', 'train seqgan --out new', 1, 'DATA_FIELD', /tokens:<file>/],
  ['images of a size it cannot make', `${two} ${small} --set data.size=30`, 1, 'IMAGE_SIZE', /30x30/],
  [
    'a batch larger than the data',
    `${two} ${small} --batch 65`,
    2,
    'BATCH_TOO_LARGE',
    /1 to 64.*received 65/,
  ],
  // Runs
  ['no end', `train dcgan ${small} --out new`, 2, 'STEPS', /--steps 2000/],
  ['a run folder that exists', 'train dcgan --steps 2 --out run', 2, 'RUN_EXISTS', /ganymede resume run/],
  ['a run folder below a file', `train dcgan ${small} --steps 2 --out file/run`, 1, 'WRITE', /file\/run/],
  ['a resume of no run', 'resume empty', 1, 'NO_RUN', /"empty"/],
  ['a resume of nothing', 'resume none', 1, 'NO_RUN', /"none"/],
  ['fewer steps than done', 'resume run --steps 3', 2, 'STEPS', /at least 6/],
  ['an unknown checkpoint', 'resume run --checkpoint step-9', 2, 'UNKNOWN_CHECKPOINT', /known: step-000002,/],
  ['an export of no run', 'export empty', 1, 'NO_RUN', /"empty"/],
  // Artifacts
  ['samples of nothing', 'sample none.onnx', 1, 'NO_RUN', /none\.onnx/],
  ['samples of what is no ONNX', 'sample notes.onnx', 1, 'ONNX_INVALID', /notes\.onnx/],
  ['a server of what is no ONNX', 'serve notes.onnx --port 0', 1, 'ONNX_INVALID', /notes\.onnx/],
  ['a server of a run', 'serve run --port 0', 2, 'USAGE', /ganymede export run, then/],
  ['a server of nothing', 'serve none.onnx --port 0', 1, 'MODEL_REPOSITORY', /none\.onnx/],
];
