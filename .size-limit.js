/**
 * Budgets of `npm run check`: what a bundler leaves of an entry, gzipped, without what the entry loads only when it is
 * asked for; and wasm as it lies there.
 */
const LATER = [
  './chunks/module-full-*',
  './module-full-*',
  './chunks/denoiser-models-*',
  './denoiser-models-*',
  'node:*',
];

const entry = (name, limit) => ({
  name: `satnmf/${name}`.replace('/index', ''),
  path: `dist/${name}.js`,
  gzip: true,
  limit,
  ignore: ['*.wasm', '*.wasm?module', ...LATER],
  modifyEsbuildConfig: (config) => ({ ...config, format: 'esm', platform: 'neutral' }),
});
const file = (path, limit) => ({ path, limit, brotli: false, disablePlugins: ['@size-limit/esbuild'] });

export default [
  entry('index', '60 kB'),
  entry('slim/index', '45 kB'),
  entry('edge/index', '45 kB'),
  entry('methods', '85 kB'),
  entry('audio', '45 kB'),
  entry('io', '30 kB'),
  file('dist/satnmf.wasm', '64 kB'),
  file('dist/compare.wasm', '80 kB'),
];
