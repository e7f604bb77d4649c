/**
 * Lint: the layers of the house, what may not touch a result, and a few rules that need types.
 */
import js from '@eslint/js';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

/** Imports run one way, up this list; folders of one line do not import each other. */
const LAYERS = [
  ['data'],
  ['core'],
  ['io', 'metrics'],
  ['audio', 'emodb'],
  ['methods'],
  ['experiment'],
  ['plot', 'worker', 'node'],
  ['cli'],
];

/** Exact, or defined to the last bit by the standard. Everything else differs between engines. */
const EXACT_MATH = 'sqrt abs min max floor ceil trunc round sign imul fround clz32'.split(' ');
const INEXACT_MATH = [
  ...Object.getOwnPropertyNames(Math).filter((name) => typeof Math[name] === 'function'),
  'f16round',
  'sumPrecise',
].filter((name) => !EXACT_MATH.includes(name));

const NODE_GLOBALS = ['process', 'Buffer', 'require', '__dirname', '__filename', 'setImmediate'];
const TIMELESS = 'A result may not depend on the clock.';

/** Folders that may use Node, and folders where nothing reaches a result any more. */
const MAY_USE_NODE = ['node', 'cli'];
const MAY_USE_HOST_MATH = ['plot', 'cli'];

const folders = LAYERS.flat();

const NODES_OWN = {
  regex: `^(node:.*|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')}))$`,
  message: "Only node/ and cli/ may use Node's own modules.",
};

/** What a folder may not import: its siblings and everything further down. */
function forbiddenFolders(folder) {
  const rank = LAYERS.findIndex((line) => line.includes(folder));
  return folders.filter((other) => other !== folder && LAYERS.findIndex((l) => l.includes(other)) >= rank);
}

function forbiddenImports(folder) {
  const below = [...(folder === undefined ? ['node', 'cli'] : forbiddenFolders(folder)), 'demo'];
  const patterns = [
    {
      regex: `^(\\./|(\\.\\./)+)(${below.join('|')})/`,
      message: `Imports run one way: ${LAYERS.map((line) => line.join(', ')).join(' → ')}.`,
    },
  ];
  if (folder !== undefined && !['cli', 'node', 'worker'].includes(folder))
    patterns.push({
      regex: '^(\\.\\./)+(index|digest)\\.js$',
      message: 'The public entry imports the layers, not the other way round.',
    });
  if (!MAY_USE_NODE.includes(folder)) patterns.push(NODES_OWN);
  return patterns;
}

/** Rules that keep results the same on every engine. */
const DETERMINISM = [
  {
    // Whole powers of two (2 ** 32, 2 ** -24) are exact everywhere.
    selector:
      'BinaryExpression[operator="**"]:not([left.raw="2"]:matches([right.raw=/^\\d+$/], [right.operator="-"][right.argument.raw=/^\\d+$/])), AssignmentExpression[operator="**="]',
    message: '`**` differs between engines: multiply, or use the core.',
  },
  {
    selector: ':not(MemberExpression) > Identifier[name="Math"]',
    message: 'Use Math only as Math.<name>, so that lint sees which function is called.',
  },
  {
    selector: 'MemberExpression[property.name="Math"], MemberExpression[object.name="Math"][computed=true]',
    message: 'Use Math only as Math.<name>, so that lint sees which function is called.',
  },
  {
    selector: 'MemberExpression[property.name=/^(localeCompare|toLocale.*)$/]',
    message: 'Locales differ between machines: compare by code unit, format by hand.',
  },
];

/** The same patterns for `import('…')`, which no-restricted-imports does not look at. */
const dynamicImports = (patterns) =>
  patterns.map(({ regex, message }) => ({
    selector: `ImportExpression > Literal.source[value=/${regex.replaceAll('/', '\\/')}/]`,
    message,
  }));

/** One block of rules for the files of a folder of js/, or for those directly in js/. */
function layer(folder) {
  const patterns = forbiddenImports(folder);
  const inexact = MAY_USE_HOST_MATH.includes(folder);
  const globals = MAY_USE_NODE.includes(folder)
    ? []
    : NODE_GLOBALS.map((name) => ({ name, message: 'Only node/ and cli/ may use Node.' }));
  if (!inexact)
    globals.push(
      { name: 'Date', message: TIMELESS },
      { name: 'Intl', message: 'Locales differ between machines.' },
    );
  return {
    files: [folder === undefined ? 'js/*.ts' : `js/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': ['error', { patterns }],
      'no-restricted-globals': ['error', ...globals],
      'no-restricted-properties': [
        'error',
        ...(inexact
          ? []
          : INEXACT_MATH.map((property) => ({
              object: 'Math',
              property,
              message: 'Its bits differ between engines: use the core.',
            }))),
      ],
      'no-restricted-syntax': ['error', ...dynamicImports(patterns), ...(inexact ? [] : DETERMINISM)],
    },
  };
}

/** js/errors.ts and js/globals.d.ts stand above every folder. */
const nothing = {
  files: ['js/errors.ts', 'js/globals.d.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [{ regex: '.*', message: 'The errors import nothing: everything imports them.' }] },
    ],
  },
};

/** The demo page stands on the package, and runs in browsers. */
const page = {
  files: ['demo/src/**/*.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [NODES_OWN, { regex: '/js/(node|cli)/', message: 'The page runs in browsers.' }] },
    ],
    'no-restricted-globals': [
      'error',
      ...NODE_GLOBALS.map((name) => ({ name, message: 'The page runs in browsers.' })),
    ],
  },
};

export default tseslint.config(
  {
    ignores: [
      'assembly/',
      'build/',
      'dist/',
      'coverage/',
      '**/node_modules/',
      'js/*/embedded.ts',
      'js/*/embedded-{lean,sha256}.ts',
      'test/runtimes/build/',
      // Deno checks its own; neither its globals nor Bun's are known here.
      'examples/{deno,bun}/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        'console process performance URL fetch setInterval clearInterval'
          .split(' ')
          .map((name) => [name, false]),
      ),
    },
  },
  {
    files: ['examples/**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        'Response setTimeout document Worker AbortController addEventListener postMessage'
          .split(' ')
          .map((name) => [name, false]),
      ),
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
    },
  },
  layer(undefined),
  ...folders.map(layer),
  nothing,
  page,
);
