/**
 * What satnmf.wasm exports, as the host sees it: pointers are byte addresses, sizes counts.
 *
 * @module
 */

/** Address in wasm memory, in bytes. */
export type Pointer = number;

/** Operand forms of `gemm`'s small side (assembly/core/linear/gemm.ts). */
export const SMALL_ROWS = 0;
export const SMALL_COLUMNS = 1;
export const SMALL_PANELS = 2;

type P = Pointer;

/** @internal */
export interface Exports {
  readonly memory: WebAssembly.Memory;
  reserve(bytes: number): number;
  alloc(bytes: number): P;
  mark(): P;
  release(to: P): void;
  panelBytes(M: number, K: number): number;
  splatBytes(R: number, K: number, parts: number): number;
  packRows(dst: P, src: P, ld: number, M: number, K: number): void;
  packSome(dst: P, src: P, ld: number, M: number, K: number, m0: number, count: number): void;
  packColumns(dst: P, src: P, ld: number, M: number, K: number, k0: number, count: number): void;
  widen(on: number): void;
  gemm(
    out: P,
    ldo: number,
    outPart: number,
    panels: P,
    small: P,
    lds: number,
    smallPart: number,
    form: number,
    M: number,
    R: number,
    K: number,
    parts: number,
    symmetric: number,
    scratch: P,
  ): void;
  gramColumns(out: P, panels: P, N: number, K: number, from: number, to: number, scratch: P): void;
  dot(x: P, y: P, n: number): number;
  squaredDistance(x: P, y: P, n: number): number;
  columnSquares(norms: P, x: P, rows: number, r: number): void;
  scaleColumns(x: P, scale: P, rows: number, r: number): void;
  ratioBytes(rows: number, r: number): number;
  ratioStep(x: P, num: P, B: P, inverse: P, rows: number, r: number, stats: P, scratch: P): void;
  labelVectors(pull: P, curve: P, H: P, c: number, r: number, beta: number, own: number, other: number): void;
  codesStep(
    out: P,
    C: P,
    Pr: P,
    den: P,
    WC: P,
    degree: P,
    group: P,
    pull: P,
    push: P,
    curve: P,
    size: P,
    H: P,
    N: number,
    r: number,
    c: number,
    lambda: number,
    beta: number,
    own: number,
    other: number,
    stats: P,
    scratch: P,
  ): void;
  labelStep(
    H: P,
    C: P,
    group: P,
    n: number,
    r: number,
    c: number,
    own: number,
    other: number,
    stats: P,
    scratch: P,
  ): void;
  scores(S: P, C: P, H: P, n: number, r: number, c: number): void;
  labelLoss(S: P, group: P, n: number, c: number, own: number, other: number): number;
  coordinateRowsBytes(r: number): number;
  coordinateRows(
    x: P,
    num: P,
    B: P,
    inverse: P,
    rows: number,
    r: number,
    floor: number,
    limit: number,
    enough: number,
    stats: P,
    scratch: P,
  ): number;
  goOn(x: P, before: P, n: number, part: number, floor: number): void;
  coordinateLabels(
    H: P,
    C: P,
    S: P,
    group: P,
    n: number,
    r: number,
    c: number,
    own: number,
    other: number,
    floor: number,
    stats: P,
  ): void;
  coordinateCodesBytes(N: number, n: number, r: number, c: number): number;
  coordinateCodes(
    C: P,
    Pr: P,
    B: P,
    S: P,
    H: P,
    start: P,
    column: P,
    weight: P,
    degree: P,
    group: P,
    sizes: P,
    curve: P,
    size: P,
    N: number,
    n: number,
    r: number,
    c: number,
    alpha: number,
    beta: number,
    gamma: number,
    lambda: number,
    own: number,
    other: number,
    floor: number,
    stats: P,
    scratch: P,
  ): void;
  groupSums(sums: P, sizes: P, C: P, group: P, N: number, r: number, G: number): void;
  transfer(
    pull: P,
    push: P,
    diagonal: P,
    sums: P,
    sizes: P,
    r: number,
    c: number,
    n: number,
    m: number,
    alpha: number,
    gamma: number,
  ): void;
  discrepancy(out: P, sums: P, sizes: P, r: number, c: number, n: number, m: number, alpha: number): void;
  nearestBytes(N: number, k: number): number;
  nearest(index: P, square: P, gram: P, columns: P, scratch: P, N: number, d: number, k: number): number;
  affinity(
    start: P,
    column: P,
    weight: P,
    degree: P,
    end: P,
    index: P,
    square: P,
    N: number,
    ld: number,
    k: number,
    scale: number,
    local: P,
  ): number;
  affinityProduct(out: P, C: P, start: P, column: P, weight: P, N: number, r: number): void;
  roughness(out: P, C: P, start: P, column: P, weight: P, N: number, r: number): void;
  nonNegative(
    codes: P,
    Pr: P,
    G: P,
    rows: number,
    r: number,
    tolerance: number,
    sweeps: number,
    scratch: P,
  ): number;
  logistic(x: P, b: P, rows: number, cols: number): void;
  logisticSlope(d: P, a: P, n: number): void;
  exceeded(h: P, p: P, n: number): void;
  addRows(out: P, a: number, x: P, rows: number, cols: number): void;
  momentumStep(w: P, v: P, g: P, n: number, momentum: number, rate: number, decay: number): void;
  seed(low: number, high: number, stream: number): void;
  suspend(at: P): void;
  resume(at: P): void;
  next(): number;
  below(n: number): number;
  uniform(): number;
  normal(): number;
  fillUniform(x: P, n: number): void;
  fillNormal(x: P, n: number): void;
  shuffle(x: P, n: number): void;
  exponential(x: number): number;
  logarithm(x: number): number;
  sine(x: number): number;
  cosine(x: number): number;
  hyperbolicTangent(x: number): number;
  multiplyBytes(R: number, K: number): number;
  multiply(
    out: P,
    ldo: number,
    A: P,
    aRow: number,
    aCol: number,
    B: P,
    bRow: number,
    bCol: number,
    M: number,
    R: number,
    K: number,
    alpha: number,
    add: number,
    lower: number,
    scratch: P,
  ): void;
  cholesky(A: P, n: number, scratch: P): number;
  solveTriangle(B: P, ld: number, L: P, n: number, R: number, transposed: number, scratch: P): void;
  shrinkRows(
    C: P,
    R: P,
    A: P,
    square: P,
    index: P,
    k: number,
    m: number,
    c: number,
    half: number,
    z: P,
  ): void;
  expand(f: P, G: P, ld: number, c: P, n: number, s: number): void;
  greedySteps(
    c: P,
    e: P,
    G: P,
    ld: number,
    n: number,
    s: number,
    y: P,
    ridge: P,
    tolerance: number,
    most: number,
    scratch: P,
  ): number;
  gatherProducts(A: P, G: P, ld: number, index: P, k: number, s: number, ridge: P): void;
  solveFactor(b: P, L: P, k: number): void;
  rowsTimes(f: P, X: P, w: P, n: number, p: number): void;
  addCombination(g: P, X: P, c: P, n: number, p: number): void;
  gatherRows(out: P, X: P, index: P, root: P, k: number, p: number): void;
  tridiagonalBytes(n: number): number;
  tridiagonalize(A: P, n: number, diagonal: P, off: P, tau: P, scratch: P): void;
  reflect(Z: P, count: number, A: P, n: number, tau: P): void;
  tridiagonalValues(values: P, count: number, smallest: number, d: P, e: P, n: number): void;
  vectorBytes(n: number): number;
  tridiagonalVectors(Z: P, values: P, count: number, d: P, e: P, n: number, scratch: P): number;
}
