/**
 * Lint: what may not touch a result, and a few rules that need types. Which room may import which is checked by
 * scripts/rooms.mjs.
 */
import js from '@eslint/js';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

/** Exact, or defined to the last bit by the standard. Everything else differs between engines. */
const EXACT_MATH = 'sqrt abs min max floor ceil trunc round sign imul fround clz32'.split(' ');
const INEXACT_MATH = [
  ...Object.getOwnPropertyNames(Math).filter((name) => typeof Math[name] === 'function'),
  'f16round',
  'sumPrecise',
].filter((name) => !EXACT_MATH.includes(name));

const NODE_GLOBALS = ['process', 'Buffer', 'require', '__dirname', '__filename', 'setImmediate'];
const NODE_GLOBALS_FORBIDDEN = NODE_GLOBALS.map((name) => ({
  name,
  message: 'Only outside/node/, sweep/engines/ and cli/ may use Node.',
}));
const TIMELESS = 'A result may not depend on the clock.';

/** Rooms that may use Node, and rooms where nothing reaches a result any more. */
const MAY_USE_NODE = ['js/outside/node/**', 'js/sweep/engines/**', 'js/cli/**'];
const MAY_USE_HOST_MATH = ['js/outside/plot/**', 'js/sweep/engines/**', 'js/cli/**'];

const NODES_OWN = {
  regex: `^(node:.*|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')}))$`,
  message: "Only outside/node/, sweep/engines/ and cli/ may use Node's own modules.",
};

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

/** Node's modules and globals, where they are forbidden. Which room may import which: scripts/rooms.mjs. */
const withoutNode = {
  files: ['js/**/*.ts'],
  ignores: MAY_USE_NODE,
  rules: {
    'no-restricted-imports': ['error', { patterns: [NODES_OWN] }],
    'no-restricted-globals': ['error', ...NODE_GLOBALS_FORBIDDEN],
    'no-restricted-syntax': ['error', ...dynamicImports([NODES_OWN])],
  },
};

const INEXACT_PROPERTIES = INEXACT_MATH.map((property) => ({
  object: 'Math',
  property,
  message: 'Its bits differ between engines: use the core.',
}));
const CLOCK_AND_LOCALE = [
  { name: 'Date', message: TIMELESS },
  { name: 'Intl', message: 'Locales differ between machines.' },
];

/** What may not reach a result. A later block replaces the rules of an earlier one, so each says all that holds. */
const exact = {
  files: ['js/**/*.ts'],
  ignores: [...MAY_USE_HOST_MATH, ...MAY_USE_NODE],
  rules: {
    'no-restricted-globals': ['error', ...NODE_GLOBALS_FORBIDDEN, ...CLOCK_AND_LOCALE],
    'no-restricted-properties': ['error', ...INEXACT_PROPERTIES],
    'no-restricted-syntax': ['error', ...dynamicImports([NODES_OWN]), ...DETERMINISM],
  },
};

/** The same for the rooms that may use Node. */
const exactOnNode = {
  files: MAY_USE_NODE.filter((room) => !MAY_USE_HOST_MATH.includes(room)).map((room) => `${room}/*.ts`),
  rules: {
    'no-restricted-globals': ['error', ...CLOCK_AND_LOCALE],
    'no-restricted-properties': ['error', ...INEXACT_PROPERTIES],
    'no-restricted-syntax': ['error', ...DETERMINISM],
  },
};

/** The demo page stands on the package, and runs in browsers. */
const page = {
  files: ['demo/src/**/*.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [NODES_OWN, { regex: '/js/(outside/node|cli)/', message: 'The page runs in browsers.' }] },
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
      'js/*/builtin/embedded-*.ts',
      'js/recogniser/recognition/builtin/open-base64.ts',
      'js/*/exports.ts',
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
  withoutNode,
  exact,
  exactOnNode,
  page,
);
