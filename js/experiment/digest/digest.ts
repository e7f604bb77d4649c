// One number that says whether this machine computes what all others do: the SHA-256 of fixed fits.
import { type Core, PURPOSE, random, sharedCore } from '../../core/index.js';
import { Factorization, rowGroups } from '../../learn/factor/index.js';
import { buildGraph, gram, pack } from '../../core/samples/index.js';
import { type Corpus, corpus, type Matrix, matrix, selectRows } from '../../data/index.js';
import type { Method, SharedWork, Task } from '../../contract/index.js';
import { DECLARATIONS } from '../../methods/index.js';
import { shareWork } from '../../learn/fit/index.js';
import { linearSvm } from '../../methods/svm/index.js';
import { satnmf } from '../../methods/satnmf/index.js';
import { sha256 } from '../fingerprint.js';

export interface DigestOptions {
  /** Default: the one that fits of this thread share. */
  core?: Core;
  /** Flips one bit of one feature, which must change the digest. Default false. */
  flip?: boolean;
}

/** What was computed, with a digest each: where two machines differ, the first that differs says where. */
export interface FixedFit {
  /** SHA-256 of the others, hexadecimal. */
  readonly digest: string;
  readonly parts: Readonly<Record<string, string>>;
}

/** Odd sizes (ours), so that every kernel meets its edges: source, target and feature numbers, classes. */
const SIZES = { n: 167, m: 148, d: 1009, c: 3 };
const EMOTIONS = ['anger', 'happiness', 'sadness'];
const SPEAKERS = 7;

/** Two corpora of noise around class means; the target's are moved. Every tenth source row is a duplicate. */
function corpora(core: Core, flip: boolean): { source: Corpus; target: Corpus } {
  const { n, m, d, c } = SIZES;
  const { uniform } = random(core, 20190915, PURPOSE.demo);
  const means = Float64Array.from({ length: c * d }, uniform);
  const shift = Float64Array.from({ length: d }, uniform);
  const make = (name: string, rows: number, moved: number): Corpus => {
    const features = matrix(rows, d);
    const emotion: (string | null)[] = [];
    for (let i = 0; i < rows; i++) {
      const k = i % c;
      emotion.push(moved === 0 && i % 40 === 39 ? null : EMOTIONS[k]);
      for (let j = 0; j < d; j++) {
        const value = means[k * d + j] + 2 * uniform() + moved * shift[j];
        features.data[i * d + j] = value * (j % 5 === 4 ? 1000 : 1);
      }
      if (moved === 0 && i % 10 === 9) features.data.copyWithin(i * d, (i - 1) * d, i * d);
    }
    return corpus({ name, features, emotion, speaker: emotion.map((_, i) => `s${i % SPEAKERS}`) });
  };
  const pair = { source: make('source', n, 0), target: make('target', m, 0.7) };
  if (flip) flipBit(pair.target.features);
  return pair;
}

/** Flips bit 12 of the first feature, 5e-4 of it: sums of a thousand float32 may round lower ones away. */
function flipBit({ data }: Matrix): void {
  new Uint32Array(data.buffer)[0] ^= 1 << 12;
}

/** Factors of a descent that passes the kernels which no preset uses, straight from the Core. */
async function factors(core: Core, source: Matrix, target: Matrix): Promise<Float32Array[]> {
  return core.exclusive(async () => {
    const c = SIZES.c;
    const samples = pack(core, source, target);
    const graph = core.scoped(() => buildGraph(samples, gram(samples), 4, 'local'));
    const classes = (rows: number, modulo: number) =>
      Array.from({ length: rows }, (_, i) => (i % modulo === 7 ? -1 : i % c));
    const groups = rowGroups(classes(source.rows, 11), classes(target.rows, 13), c);
    const common = {
      r: 13,
      alpha: 1.5,
      beta: 2,
      lambda: 0.3,
      gamma: 40,
      pos: 0.5,
      neg: 1,
      power: 2,
    } as const;
    return (['accelerated-hals', 'mu'] as const).flatMap((update) =>
      core.scoped(() => {
        const descent = { ...common, update, scale: update === 'mu' ? 'end' : 'invariant' } as const;
        const run = new Factorization(samples, groups, c, graph, descent, 1);
        run.draw(0, 7, 3);
        for (let i = 0; i < 3; i++) run.step();
        const { U, H, C } = run.retire(0).factors;
        return [U, H, C];
      }),
    );
  });
}

/**
 * Fits fixed corpora by every method of {@link METHODS} and hashes factors, codes, margins and predictions; `parts`
 * has one digest a method, by its name, and a few more. Takes a second or two; needs `crypto.subtle` (on pages: a secure context).
 *
 * @example
 * const { digest } = await fixedFitDigest();
 * digest === PUBLISHED_DIGEST; // true on every runtime
 */
export async function fixedFitDigest({ core: given, flip = false }: DigestOptions = {}): Promise<FixedFit> {
  const core = given ?? (await sharedCore());
  const { source, target } = corpora(core, flip);
  const fresh = selectRows(target.features, [0, 3, 5, 8, 13]);
  // Together their options meet every kind of update, graph, vote and SVM.
  const methods: Record<string, Method> = Object.fromEntries(
    DECLARATIONS.map(({ name, make, digest }) => [name, make(digest)]),
  );
  methods['satnmf, paper'] = satnmf({ preset: 'paper', r: 12, trials: 2, maxIterations: 12 });
  const scaled = selfScaled(target.features);
  // Scaling may round a flipped bit away, so it is flipped here again.
  if (flip) flipBit(scaled);
  const parts: Record<string, string> = {
    factors: await sha256(await factors(core, selfScaled(source.features), scaled)),
  };
  const hash = async (method: Method, task: Task, rows: Matrix, shared?: SharedWork): Promise<string> => {
    const model = await method.fit(task, { core, ...(shared && { shared }) });
    const { emotions, shares, margins, confidence } = model.classify();
    const again = model.classify(rows);
    const words = new TextEncoder().encode([...emotions, ...again.emotions].join(' '));
    const codes = model.transform(rows).data;
    return sha256([words, shares, margins, confidence, again.margins, codes]);
  };
  const task = { source, target };
  await shareWork(core, async (shared) => {
    for (const [name, method] of Object.entries(methods))
      parts[name] = await hash(method, task, fresh, shared);
  });
  const few = { source: narrow(source), target: narrow(target) };
  parts['few features'] = await hash(linearSvm(), few, firstColumns(fresh));
  return { digest: await sha256([new TextEncoder().encode(JSON.stringify(parts))]), parts };
}

/** With so few features the SVM is solved for its weights, by kernels of its own. */
const FEW = 23;

function firstColumns({ rows, cols, data }: Matrix): Matrix {
  const out = matrix(rows, FEW);
  for (let i = 0; i < rows; i++) out.data.set(data.subarray(i * cols, i * cols + FEW), i * FEW);
  return out;
}

function narrow({ name, features, emotion, speaker }: Corpus): Corpus {
  return corpus({ name, features: firstColumns(features), emotion, speaker });
}

/** Values into (0, 1) by x / (1 + x), without any statistics of the corpus. */
function selfScaled(features: Matrix): Matrix {
  return matrix(
    features.rows,
    features.cols,
    features.data.map((x) => x / (1 + x)),
  );
}
