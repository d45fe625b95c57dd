/**
 * Who may import whom, as a table, and what the engine must do without. Each complaint is a sentence that names the
 * file, what it does and what would be right.
 */
import { dirname, join, normalize } from 'node:path';
import { nodesIn, textOf, treeOf } from './syntax.ts';

interface Layer {
  /** Files that begin with it belong to the layer; of several that fit the longest counts. */
  readonly at: string;
  /** Folders or files of ours that it may import, beside itself. */
  readonly ours: readonly string[];
  /** Packages and Node's own modules that it may import. `node:` allows all of Node's except node:sqlite. */
  readonly packages: readonly string[];
}

const NODE = 'node:';
const PURE = ['node:buffer', 'node:crypto', 'node:util'];

export const LAYERS: readonly Layer[] = [
  { at: 'lib/codec/', ours: [], packages: [...PURE, 'fast-xml-parser'] },
  { at: 'lib/message/', ours: ['lib/codec/'], packages: PURE },
  {
    at: 'lib/pim/',
    ours: [],
    packages: [
      ...PURE,
      'libphonenumber-js',
      'node-diff3',
      'jpeg-js',
      'pngjs',
      'fastest-levenshtein',
      'fast-xml-parser',
    ],
  },
  { at: 'lib/filter/', ours: ['lib/message/', 'lib/pim/'], packages: PURE },
  { at: 'lib/engine/', ours: ['lib/message/', 'lib/pim/', 'lib/filter/'], packages: PURE },
  {
    at: 'lib/store/',
    ours: ['lib/engine/', 'lib/message/', 'lib/pim/content.ts'],
    packages: [...PURE, 'node:zlib'],
  },
  { at: 'lib/store/dynamodb', ours: ['lib/store/'], packages: [NODE, '@aws-sdk/'] },
  { at: 'lib/store/sqlite', ours: ['lib/store/'], packages: [NODE, 'node:sqlite'] },
  {
    at: 'lib/app/',
    ours: ['lib/codec/', 'lib/message/', 'lib/pim/', 'lib/engine/', 'lib/store/'],
    packages: [...PURE, 'node:zlib', 'negotiator'],
  },
  {
    at: 'functions/',
    ours: ['lib/app/', 'lib/store/', 'lib/engine/model/datastores.ts'],
    packages: [NODE],
  },
  {
    at: 'functions/lambda/',
    ours: ['lib/app/', 'lib/store/', 'lib/engine/model/datastores.ts'],
    packages: [NODE, '@middy/', 'aws-lambda'],
  },
  {
    at: 'functions/cli/',
    ours: ['functions/', 'lib/app/', 'lib/store/', 'lib/engine/model/datastores.ts'],
    packages: [NODE],
  },
  {
    at: 'infra/clients/',
    ours: ['lib/codec/', 'lib/message/', 'functions/cli/options.ts', 'functions/cli/item-text.ts'],
    packages: [NODE],
  },
  { at: 'infra/local/', ours: ['functions/', 'lib/store/'], packages: [NODE, 'aws-lambda'] },
  {
    at: 'infra/aws/',
    ours: ['lib/store/rows/schema.ts', 'functions/lambda/environment.ts', 'functions/lambda/routes.ts'],
    packages: [NODE, 'aws-cdk-lib', 'constructs'],
  },
];

/** Files of these layers are entry points or hosts: nobody imports a Lambda's or a command's root. */
const ROOTS =
  /^functions\/(.*\/)?main\.ts$|^functions\/cli\/(crm|losses|notify|password)\.ts$|^infra\/aws\/app\.ts$|^infra\/local\/start\.ts$|^infra\/clients\/\w+\/main\.ts$/;

export const MOST_LINES = 250;

export function layerOf(file: string): Layer | undefined {
  const fitting = LAYERS.filter(({ at }) => file.startsWith(at));
  return fitting.sort((a, b) => b.at.length - a.at.length)[0];
}

/** What the source imports or hands on, types among it, as it is written there; `?` for a path that only a run tells. */
export function importsOf(source: string): string[] {
  return [...nodesIn(treeOf(source))].flatMap((node) => {
    if (node.type === 'ImportExpression') return textOf(node.source) ?? '?';
    if (node.type === 'TSExternalModuleReference') return textOf(node.expression) ?? '?';
    return (IMPORTS.has(node.type) ? textOf(node.source) : undefined) ?? [];
  });
}

const IMPORTS = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'TSImportType',
]);

/** Sentences about the imports of a file, given by its path from the project's root. */
export function importComplaints(file: string, source: string): string[] {
  const layer = layerOf(file);
  if (layer === undefined)
    return [`${file} belongs to no layer: give its folder a row in test/architecture/layers.ts.`];
  return importsOf(source).flatMap((specifier) => {
    const complaint = specifier.startsWith('.')
      ? ownComplaint(layer, file, specifier)
      : packageComplaint(layer, specifier);
    return complaint === undefined ? [] : [`${file} ${complaint}`];
  });
}

function ownComplaint(layer: Layer, file: string, specifier: string): string | undefined {
  const target = normalize(join(dirname(file), specifier));
  if (ROOTS.test(target)) return `imports ${target}, which only a host starts.`;
  if (layerOf(target) === layer || layer.ours.some((allowed) => target.startsWith(allowed))) return undefined;
  const allowed = layer.ours.length === 0 ? 'nothing else of ours' : layer.ours.join(', ');
  return `imports ${target}, but ${layer.at} may import ${allowed}.`;
}

function packageComplaint(layer: Layer, specifier: string): string | undefined {
  const allowed = layer.packages.some((name) =>
    name === NODE ? specifier.startsWith(NODE) && specifier !== 'node:sqlite' : isOf(name, specifier),
  );
  return allowed ? undefined : `imports ${specifier}, which ${layer.at} must do without.`;
}

const isOf = (name: string, specifier: string): boolean =>
  specifier === name || specifier.startsWith(name.endsWith('/') ? name : `${name}/`);

/** [invariant 8] What would make two runs of the engine differ, or make it wait. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [
    /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(?:\(\s*\)|[^\s(])|(?<!new\s+)\bDate\s*\(/,
    'reads the clock: take `now` from the facts',
  ],
  [/\bperformance\s*\./, 'reads the clock: take `now` from the facts'],
  [
    /\bMath\s*\.\s*random\b|\brandom(?:Bytes|UUID|Int|FillSync)\b|\bgetRandomValues\b/,
    'draws at random: take it from the facts',
  ],
  [/\bawait\b|\basync\b|\bPromise\b|\bset(?:Timeout|Interval|Immediate)\b/, 'waits: add a read to the plan'],
  [/(?<![./\w])process\s*[.[]/, 'looks at the process: pass in what it needs'],
  [/(?<![.\w])console\s*\./, 'logs: return an event'],
  [
    /\.toLocale\w*\s*\(|\bIntl\s*\.|\.[gs]et(?:FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)\s*\(|\bnew\s+Date\s*\([^()]*,/,
    "depends on the host's time zone or language",
  ],
];

export const engineComplaints = (file: string, source: string): string[] =>
  FORBIDDEN.filter(([pattern]) => pattern.test(withoutComments(source))).map(
    ([, complaint]) => `${file} ${complaint}.`,
  );

export function sizeComplaints(file: string, source: string): string[] {
  const lines = source.split('\n').length - 1;
  return lines > MOST_LINES ? [`${file} has ${lines} lines; split it, ${MOST_LINES} are enough.`] : [];
}

/** Strings and templates stay, so that a comment's marks inside them count as text. */
const withoutComments = (source: string): string =>
  source.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, text: string | undefined) => text ?? ' ',
  );
