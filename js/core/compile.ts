// Compiling a wasm module from wherever it is, with failures put into words.
import { SatnmfError } from '../errors.js';
import type { BuiltIn } from './builtin/built-in.js';

/** Where a wasm module comes from; at most one of the three. None: the built-in one. */
export interface ModuleSource {
  /** Compiled already, for instance by another thread. */
  module?: WebAssembly.Module;
  /** Content of the published `.wasm` file. */
  bytes?: BufferSource;
  /** Address of the published `.wasm` file, fetched. */
  url?: string | URL;
}

/** A module with one v128 instruction: valid only where SIMD is. */
const SIMD_PROBE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
];

/**
 * The module that `source` names, compiled.
 * @throws {SatnmfError} `bad-argument`: several places named; `unsupported`: no WebAssembly; `no-simd`,
 *   `csp`, `bad-file` as at `load()`
 */
export async function compileModule(source: ModuleSource, builtIn: BuiltIn): Promise<WebAssembly.Module> {
  const { module, bytes, url } = source;
  if ([module, bytes, url].filter((place) => place !== undefined).length > 1)
    throw new SatnmfError('bad-argument', 'Give one of "module", "bytes" and "url", not several', {
      argument: 'module',
    });
  if (typeof WebAssembly !== 'object')
    throw new SatnmfError('unsupported', 'This runtime has no WebAssembly, which satnmf needs');
  try {
    return module ?? (await compiled(bytes, url, builtIn));
  } catch (error) {
    throw explainedLoadError(error);
  }
}

async function compiled(
  bytes: BufferSource | undefined,
  url: string | URL | undefined,
  builtIn: BuiltIn,
): Promise<WebAssembly.Module> {
  if (bytes !== undefined) return WebAssembly.compile(bytes);
  if (url === undefined) return builtIn.compile();
  const response = await fetch(url);
  if (!response.ok)
    throw new SatnmfError(
      'bad-file',
      `${String(url)}: expected the wasm module, got HTTP status ${response.status}`,
      {
        file: String(url),
        expected: 'HTTP status 200',
        actual: String(response.status),
      },
    );
  return WebAssembly.compile(await response.arrayBuffer());
}

/** What a failure to compile or instantiate means, as a SatnmfError where it is a known one. */
export function explainedLoadError(error: unknown): unknown {
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
  return new SatnmfError('bad-file', `The bytes are not the wasm module: ${error.message}`, { cause: error });
}
