/**
 * Budgets of `npm run check`: what a bundler leaves of an entry at its start, gzipped, without what reads models, which
 * is loaded when it is asked for; and wasm as it lies there.
 */
const entry = (name, limit) => ({
  name: `satnmf/${name}`.replace('/index', ''),
  path: `dist/${name}.js`,
  gzip: true,
  limit,
  ignore: ['*.wasm', '*.wasm?module', 'node:*', './chunks/reader-*', '../chunks/reader-*', './reader-*'],
  modifyEsbuildConfig: (config) => ({ ...config, format: 'esm', platform: 'neutral' }),
});
const file = (path, limit) => ({ path, limit, brotli: false, disablePlugins: ['@size-limit/esbuild'] });

export default [
  entry('index', '65 kB'),
  entry('slim/index', '45 kB'),
  entry('edge/index', '45 kB'),
  entry('methods', '95 kB'),
  entry('audio', '45 kB'),
  entry('io', '30 kB'),
  file('dist/satnmf.wasm', '64 kB'),
  file('dist/compare.wasm', '80 kB'),
];
