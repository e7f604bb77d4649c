/**
 * NumPy, scikit-learn and LIBLINEAR: one Python process that lives as long as the subject and speaks JSON
 * lines (serve.py). One thread; OpenBLAS chooses its kernel itself, and says which.
 *
 *   const python = await openPython();
 *   if (isAbsent(python)) return [notMeasured(…, python.absent)];
 *   await python.give('X', matrix(1500, 6373));           // arrays['X'] there, f32
 *   await python.call('gemm.prepare', { r: 128 });        // ops/gemm.py: def prepare(r)
 *   await measure({ ours, numpy: () => python.cost('gemm.multiply') });
 *
 * Files of bench/peers/ops import what was given: `from store import arrays`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Matrix } from '../../js/data/index.js';
import { type NpyArray, readNpy, writeNpy } from '../../js/io/index.js';
import { type Absent, type Cost, isAbsent } from '../harness.js';

interface Answer extends Cost {
  readonly result?: unknown;
  readonly error?: string;
}

/** Versions, and the kernel that OpenBLAS chose. */
export interface PythonAbout {
  readonly python: string;
  readonly numpy: string;
  readonly sklearn: string | null;
  readonly openblas: string | null;
  readonly kernel: string | null;
  readonly threads: number | null;
}

export interface Python {
  readonly about: PythonAbout;
  /** `about` for a note: "NumPy 1.24.2, OpenBLAS 0.3.21 Zen". */
  readonly text: string;
  /** Runs an operation, `<file of ops>.<function>`, with keyword arguments; resolves to what it returns (JSON). */
  call(operation: string, args?: Record<string, unknown>): Promise<unknown>;
  /** As `call`, but resolves to what the operation took there: for `measure`. */
  cost(operation: string, args?: Record<string, unknown>): Promise<Cost>;
  /** Both: what it returns and what it took. */
  timed(operation: string, args?: Record<string, unknown>): Promise<Cost & { result?: unknown }>;
  /** Puts a matrix into `arrays[name]`, f32, rows x cols. */
  give(name: string, matrix: Matrix): Promise<void>;
  /** Takes `arrays[name]` (one or two dimensions, as f32) out. */
  take(name: string): Promise<NpyArray>;
  close(): void;
}

/** One thread, and the kernel that is named, or else what OpenBLAS itself chooses. */
function environment(kernel?: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    OPENBLAS_NUM_THREADS: '1',
    OMP_NUM_THREADS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  if (kernel === undefined) delete env['OPENBLAS_CORETYPE'];
  else env['OPENBLAS_CORETYPE'] = kernel;
  delete env['OPENBLAS_L2_SIZE'];
  return env;
}

const CANDIDATES = ['/usr/bin/python3', 'python3', 'python'];

/** The first Python that has NumPy and scikit-learn; else the first that has NumPy. */
function findPython(): string | undefined {
  for (const modules of ['numpy, sklearn, threadpoolctl', 'numpy'])
    for (const binary of CANDIDATES)
      try {
        execFileSync(binary, ['-c', `import ${modules}`], { stdio: 'ignore', env: environment() });
        return binary;
      } catch {
        // The next one.
      }
  return undefined;
}

/**
 * An OpenBLAS that is older than its processor takes it for one of 2004. Then there is a second process, which is
 * told to use the kernel of any processor with AVX2: the fair opponent, though nobody gets it without asking.
 */
export async function openTold(python: Python): Promise<Python | undefined> {
  if (python.about.kernel !== 'Prescott' || !/\bavx2\b/.test(readFileSync('/proc/cpuinfo', 'latin1')))
    return undefined;
  const told = await openPython('Haswell');
  return isAbsent(told) ? undefined : told;
}

/** @param kernel of OpenBLAS. Default: what it chooses itself */
export async function openPython(kernel?: string): Promise<Python | Absent> {
  const binary = findPython();
  if (binary === undefined)
    return { absent: 'no Python with NumPy (Debian: python3-numpy, python3-sklearn)' };
  const folder = mkdtempSync(join(tmpdir(), 'satnmf-bench-'));
  const child = spawn(binary, [resolve('bench/peers/serve.py')], {
    env: environment(kernel),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.shift()?.resolve(JSON.parse(line) as Answer);
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting) reject(new Error(`The Python peer ended with exit code ${code}.`));
    waiting.length = 0;
  });
  const close = (): void => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', close);

  async function ask(op: string, args: Record<string, unknown> = {}): Promise<Answer> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify({ op, args })}\n`);
    });
    if (answer.error !== undefined) throw new Error(`The Python peer, ${op}: ${answer.error}`);
    return answer;
  }

  const about = (await ask('store.about')).result as PythonAbout;
  const blas = about.openblas === null ? 'BLAS unknown' : `OpenBLAS ${about.openblas} ${about.kernel}`;
  return {
    about,
    text: `NumPy ${about.numpy}, ${blas}, ${about.threads ?? '?'} thread`,
    call: async (op, args) => (await ask(op, args)).result,
    cost: async (op, args) => {
      const { cpu, wall } = await ask(op, args);
      return { cpu, wall };
    },
    timed: ask,
    async give(name, matrix) {
      const file = join(folder, `${name}.npy`);
      writeFileSync(file, writeNpy(matrix));
      await ask('store.read', { name, file });
      rmSync(file);
    },
    async take(name) {
      const file = join(folder, `${name}.npy`);
      await ask('store.write', { name, file });
      return readNpy(readFileSync(file), name);
    },
    close,
  };
}
