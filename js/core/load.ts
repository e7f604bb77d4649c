/**
 * The one way to a Core.
 *
 * @module
 */
import { SatnmfError } from '../errors.js';
import { Core } from './core.js';
import { builtInModule, DEFAULT_MAX_BYTES } from './module.js';

/** Where the module comes from; at most one of `module`, `bytes`, `url`. None: the built-in one. */
export interface LoadOptions {
  /** Compiled already, for instance by another thread. */
  module?: WebAssembly.Module;
  /** Content of `satnmf/core.wasm`. */
  bytes?: BufferSource;
  /** Address of `satnmf/core.wasm`, fetched. */
  url?: string | URL;
  /** Cap of the wasm memory in bytes. Default: 4 GiB, 96 MiB under the `workerd` and `edge-light` conditions. */
  maxBytes?: number;
}

/** A module with one v128 instruction: valid only where SIMD is. */
const SIMD_PROBE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
];

/**
 * Makes a Core. Its memory starts small and grows to the largest fit that runs on it.
 *
 * @example
 * const core = await load({ maxBytes: 256e6 });
 * const model = await satnmf().fit(task, { core });
 *
 * @throws {SatnmfError} `unsupported`: no WebAssembly, or several places named
 * @throws {SatnmfError} `no-simd`: the runtime lacks wasm SIMD
 * @throws {SatnmfError} `csp`: a content security policy forbids compiling wasm
 * @throws {SatnmfError} `bad-file`: the bytes are not a wasm module
 */
export async function load(options: LoadOptions = {}): Promise<Core> {
  const { module, bytes, url, maxBytes = DEFAULT_MAX_BYTES } = options;
  if ([module, bytes, url].filter((place) => place !== undefined).length > 1)
    throw new SatnmfError('bad-argument', 'load() takes one of "module", "bytes" and "url", got several', {
      argument: 'module',
    });
  if (!Number.isFinite(maxBytes) || maxBytes < 65536)
    throw new SatnmfError('bad-argument', `"maxBytes" must be a number ≥ 65536, got ${String(maxBytes)}`, {
      argument: 'maxBytes',
      expected: 'a number ≥ 65536',
      actual: String(maxBytes),
    });
  if (typeof WebAssembly !== 'object')
    throw new SatnmfError('unsupported', 'This runtime has no WebAssembly, which satnmf needs');
  try {
    return new Core(module ?? (await compiled(bytes, url)), maxBytes);
  } catch (error) {
    throw explained(error);
  }
}

async function compiled(
  bytes: BufferSource | undefined,
  url: string | URL | undefined,
): Promise<WebAssembly.Module> {
  if (bytes !== undefined) return WebAssembly.compile(bytes);
  if (url === undefined) return builtInModule();
  const response = await fetch(url);
  if (!response.ok)
    throw new SatnmfError(
      'bad-file',
      `${String(url)}: expected the wasm core, got HTTP status ${response.status}`,
      {
        file: String(url),
        expected: 'HTTP status 200',
        actual: String(response.status),
      },
    );
  return WebAssembly.compile(await response.arrayBuffer());
}

function explained(error: unknown): unknown {
  if (error instanceof SatnmfError || !(error instanceof Error)) return error;
  if (/unsafe-eval|Content Security Policy|code generation disallowed/i.test(error.message))
    return new SatnmfError(
      'csp',
      `Compiling wasm is forbidden here: on a page allow it with "script-src 'self' 'wasm-unsafe-eval'"; on an ` +
        'edge runtime import satnmf under the condition "workerd" or "edge-light", or pass load({ module })',
      { cause: error },
    );
  if (!(error instanceof WebAssembly.CompileError)) return error;
  let simd = true;
  try {
    simd = WebAssembly.validate(new Uint8Array(SIMD_PROBE));
  } catch {
    // A runtime that forbids even this has said so above.
  }
  if (!simd)
    return new SatnmfError('no-simd', 'This runtime has no WebAssembly SIMD, which satnmf needs', {
      cause: error,
    });
  return new SatnmfError('bad-file', `The bytes are not the wasm core: ${error.message}`, { cause: error });
}

let shared: Promise<Core> | undefined;

/** The Core that fits of this thread share unless they bring their own. */
export function sharedCore(): Promise<Core> {
  shared ??= load().catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}
