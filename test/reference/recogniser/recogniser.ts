/**
 * The recogniser in float64, as plainly as it can be said: scaling, training and adaptation (docs/recogniser.md).
 * The twin of js/recogniser; rows are utterances here as there.
 *
 * @module
 */

/** Mean and population variance of each feature. */
export interface Moments {
  readonly mean: number[];
  readonly variance: number[];
}

type Rows = readonly (readonly number[])[];

/** Moments of some rows; with a prior, it counts as much as `worth` rows. */
export function momentsOf(rows: Rows, prior?: Moments, worth = 0): Moments {
  const d = rows[0].length;
  const count = rows.length + worth;
  const mean = Array.from({ length: d }, (_, f) => {
    const sum = rows.reduce((total, row) => total + row[f], 0);
    return (sum + (prior === undefined ? 0 : worth * prior.mean[f])) / count;
  });
  const variance = Array.from({ length: d }, (_, f) => {
    const sum = rows.reduce((total, row) => total + (row[f] - mean[f]) ** 2, 0);
    return (sum + (prior === undefined ? 0 : worth * prior.variance[f])) / count;
  });
  return { mean, variance };
}

/** Deviations from the mean in standard deviations, at most 3; a constant feature is 0. */
export function standardise(rows: Rows, { mean, variance }: Moments): number[][] {
  return rows.map((row) =>
    row.map((x, f) =>
      variance[f] <= 1e-18 * mean[f] ** 2
        ? 0
        : Math.max(-3, Math.min(3, (x - mean[f]) / Math.sqrt(variance[f]))),
    ),
  );
}

/** Whether all rows have speakers, and the median speaker has 12 rows or more. */
export function amplySpoken(speakers: readonly (string | null)[] | null): boolean {
  if (speakers === null || speakers.includes(null)) return false;
  const counts = new Map<string | null, number>();
  for (const speaker of speakers) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  const sorted = [...counts.values()].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return (sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2) >= 12;
}

function bySpeaker(rows: Rows, speakers: readonly (string | null)[] | null, all: Moments): number[][] {
  if (speakers === null || !amplySpoken(speakers)) return standardise(rows, all);
  const scaled: number[][] = [];
  for (const speaker of new Set(speakers)) {
    const own = rows.filter((_, i) => speakers[i] === speaker);
    const values = standardise(own, momentsOf(own, all, 5));
    speakers.forEach((other, i) => {
      if (other === speaker) scaled[i] = values.shift() as number[];
    });
  }
  return scaled;
}

/** Rows of a training corpus, scaled by its own moments. */
export function scaleSource(rows: Rows, speakers: readonly (string | null)[] | null): number[][] {
  return bySpeaker(rows, speakers, momentsOf(rows));
}

/** Mean over the training corpora of their moments. */
export function poolOf(corpora: readonly Rows[]): Moments {
  const each = corpora.map((rows) => momentsOf(rows));
  const mean = (pick: (moments: Moments) => number[]): number[] =>
    pick(each[0]).map((_, f) => each.reduce((sum, moments) => sum + pick(moments)[f], 0) / each.length);
  return { mean: mean((m) => m.mean), variance: mean((m) => m.variance) };
}

/** Rows of a target, scaled by its moments and the pool's. */
export function scaleTarget(
  rows: Rows,
  speakers: readonly (string | null)[] | null,
  pool: Moments,
): number[][] {
  return bySpeaker(rows, speakers, momentsOf(rows, pool, 3));
}

/** Labelled, scaled rows of several corpora. */
export interface Labelled {
  readonly rows: Rows;
  /** Class of each row. */
  readonly labels: readonly number[];
  /** Corpus of each row, 0 … */
  readonly corpus: readonly number[];
  readonly classes: number;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Every corpus weighs the same, and within it every class. */
export function sampleWeights({ labels, corpus }: Labelled): number[] {
  const count = (q: number, k?: number): number =>
    labels.filter((label, i) => corpus[i] === q && (k === undefined || label === k)).length;
  const classesOf = (q: number): number => new Set(labels.filter((_, i) => corpus[i] === q)).size;
  const raw = labels.map((k, i) => 1 / (classesOf(corpus[i]) * count(corpus[i], k)));
  return raw.map((weight) => weight / average(raw));
}

/** How consistent the effects of the classes are over the corpora, a weight a feature. */
export function featureWeights({ rows, labels, corpus, classes }: Labelled): number[] {
  const d = rows[0].length;
  const corpora = [...new Set(corpus)];
  if (corpora.length === 1) return new Array<number>(d).fill(1);
  const g = range(d).map((f) => {
    const effects: number[][] = range(classes).map(() => []);
    for (const q of corpora) {
      const known = range(classes)
        .map((k) => ({
          k,
          x: rows.filter((_, i) => corpus[i] === q && labels[i] === k).map((row) => row[f]),
        }))
        .filter(({ x }) => x.length >= 3)
        .map(({ k, x }) => ({ k, c: average(x), w: average(x.map((v) => (v - average(x)) ** 2)) }));
      const m = average(known.map(({ c }) => c));
      const w = average(known.map((one) => one.w));
      for (const { k, c } of known) effects[k].push((c - m) / (Math.sqrt(w) + 1e-6));
    }
    const of = effects.map((e) => (e.length === 0 ? [0] : e));
    const N = average(of.map((e) => average(e) ** 2));
    const V = average(of.map((e) => average(e.map((v) => (v - average(e)) ** 2))));
    return Math.sqrt(N / (V + 0.02));
  });
  const scale = Math.sqrt(average(g.map((v) => v * v)));
  return g.map((v) => Math.sqrt(v / scale));
}

/** Solves A x = b for several b (columns of B), A symmetric positive definite. */
export function solve(A: number[][], B: Rows): number[][] {
  const n = A.length;
  const L = A.map((row) => row.slice());
  const X = B.map((row) => row.slice());
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) L[j][j] -= L[j][k] ** 2;
    L[j][j] = Math.sqrt(L[j][j]);
    for (let i = j + 1; i < n; i++) {
      for (let k = 0; k < j; k++) L[i][j] -= L[i][k] * L[j][k];
      L[i][j] /= L[j][j];
    }
  }
  for (const c of X[0].keys()) {
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) X[i][c] -= L[i][k] * X[k][c];
      X[i][c] /= L[i][i];
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) X[i][c] -= L[k][i] * X[k][c];
      X[i][c] /= L[i][i];
    }
  }
  return X;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, f) => sum + v * b[f], 0);

/** What training gives: decision = (f∘z)·weights + bias, d x K and K values. */
export interface Trained {
  readonly featureWeights: number[];
  /** κ: one over the mean square of a weighted row. */
  readonly scale: number;
  readonly weights: number[][];
  readonly bias: number[];
}

export const weighted = (rows: Rows, f: readonly number[]): number[][] =>
  rows.map((row) => row.map((v, j) => v * f[j]));

export const signs = (labels: readonly number[], classes: number): number[][] =>
  labels.map((label) => range(classes).map((k) => (k === label ? 1 : -1)));

/** Ridge regression of ±1, each class against the rest, λ = 3. */
export function train(task: Labelled, lacking: 'masked' | 'negative' = 'negative'): Trained {
  if (lacking === 'masked') return trainMasked(task);
  const f = featureWeights(task);
  const X = weighted(task.rows, f);
  const scale = 1 / average(X.map((row) => dot(row, row)));
  const r = sampleWeights(task).map(Math.sqrt);
  const A = X.map((row, i) =>
    X.map((other, j) => r[i] * r[j] * (scale * dot(row, other) + 1) + (i === j ? 3 : 0)),
  );
  const Y = signs(task.labels, task.classes).map((row, i) => row.map((y) => r[i] * y));
  const a = solve(A, Y).map((row, i) => row.map((v) => r[i] * v));
  return {
    featureWeights: f,
    scale,
    weights: f.map((_, j) =>
      range(task.classes).map((k) => scale * X.reduce((sum, row, i) => sum + row[j] * a[i][k], 0)),
    ),
    bias: range(task.classes).map((k) => a.reduce((sum, row) => sum + row[k], 0)),
  };
}

/** The same, class by class: without the rows of corpora that lack the class. */
function trainMasked(task: Labelled): Trained {
  const f = featureWeights(task);
  const X = weighted(task.rows, f);
  const scale = 1 / average(X.map((row) => dot(row, row)));
  const each = range(task.classes).map((k) => {
    const has = new Set(task.corpus.filter((_, i) => task.labels[i] === k));
    const rows = range(X.length).filter((i) => has.has(task.corpus[i]));
    const some = {
      rows: rows.map((i) => task.rows[i]),
      labels: rows.map((i) => task.labels[i]),
      corpus: rows.map((i) => task.corpus[i]),
      classes: task.classes,
    };
    const s = sampleWeights(some);
    const A = rows.map((i, p) => rows.map((j, q) => scale * dot(X[i], X[j]) + 1 + (p === q ? 3 / s[p] : 0)));
    const a = solve(
      A,
      some.labels.map((label) => [label === k ? 1 : -1]),
    ).map(([v]) => v);
    return {
      weights: f.map((_, j) => scale * rows.reduce((sum, i, p) => sum + X[i][j] * a[p], 0)),
      bias: a.reduce((sum, v) => sum + v, 0),
    };
  });
  return {
    featureWeights: f,
    scale,
    weights: f.map((_, j) => each.map(({ weights }) => weights[j])),
    bias: each.map(({ bias }) => bias),
  };
}

export function decide({ featureWeights: f, weights, bias }: Trained, rows: Rows): number[][] {
  return weighted(rows, f).map((row) =>
    bias.map(
      (b, k) =>
        b +
        dot(
          row,
          weights.map((w) => w[k]),
        ),
    ),
  );
}

const largest = (row: readonly number[]): number => row.indexOf(Math.max(...row));

/** Rows standardised, then exp, then rows and columns in turn: rows sum to 1, columns to m π. */
export function assign(decisions: Rows, prior: readonly number[]): number[][] {
  const m = decisions.length;
  let S = standardised(decisions).map((row) => row.map((v) => Math.exp(2 * v - 2 * Math.max(...row))));
  const rowsToOne = (): void => {
    S = S.map((row) => row.map((v) => v / row.reduce((a, b) => a + b, 0)));
  };
  for (let round = 0; round < 50; round++) {
    rowsToOne();
    const sums = prior.map((_, k) =>
      Math.max(
        1e-12,
        S.reduce((sum, row) => sum + row[k], 0),
      ),
    );
    S = S.map((row) => row.map((v, k) => (v * m * prior[k]) / sums[k]));
  }
  rowsToOne();
  return S;
}

function standardised(decisions: Rows): number[][] {
  const centred = decisions.map((row) => row.map((v) => v - average(row)));
  const size = Math.sqrt(average(centred.flat().map((v) => v * v)));
  return centred.map((row) => row.map((v) => v / size));
}

/** Self-training around given decisions; `known` has the class of a row whose label is known, else −1. */
export function adapt(
  { featureWeights: f, scale }: Trained,
  rows: Rows,
  first: Rows,
  known: readonly number[] = rows.map(() => -1),
): number[][] {
  const [m, K] = [first.length, first[0].length];
  const A = weighted(rows, f);
  const gram = A.map((row) => A.map((other) => scale * dot(row, other) + 1));
  let H = first.map((row) => row.slice());
  for (let round = 0; round < 3; round++) {
    const centred = standardised(H);
    const share = range(K).map((k) => centred.filter((row) => largest(row) === k).length / m);
    const S = assign(
      H,
      share.map((p) => 0.75 * p + 0.25 / K),
    ).map((row, i) => (known[i] < 0 ? row : row.map((_, k) => (k === known[i] ? 1 : 0))));
    const pseudo = S.map(largest);
    const margin = S.map((row) => {
      const [a, b] = row.slice().sort((x, y) => y - x);
      return a - b + 1e-9;
    });
    const total = range(K).map((k) => margin.reduce((sum, v, i) => sum + (pseudo[i] === k ? v : 0), 0));
    const raw = margin.map((v, i) => v / total[pseudo[i]]);
    const weight = raw.map((v, i) => {
      const w = v / average(raw);
      return known[i] < 0 ? w : Math.max(w, 20);
    });
    const Y = signs(pseudo, K);
    const B = gram.map((row, i) => row.map((v, j) => v + (i === j ? 10 / weight[i] : 0)));
    const a = solve(
      B,
      Y.map((row, i) => row.map((y, k) => y - first[i][k])),
    );
    H = first.map((row, i) => row.map((v, k) => v + gram[i].reduce((sum, g, j) => sum + g * a[j][k], 0)));
  }
  return H;
}
