import { describe, expect, it } from 'vitest';
import { at, multiply, dense, fromRows, transpose } from './dense.js';
import { type StoredMatrix, distance, matrixDistance, readGolden, stored } from '../golden.js';
import {
  degrees,
  heatGraph,
  laplacianRows,
  localScales,
  meanNeighbourDistance,
  meanPairDistance,
  squaredDistances,
  timesCsr,
  toCsr,
} from './graph.js';
import { rng, uniformMatrix } from './random.js';

interface GoldenGraph {
  X: StoredMatrix;
  cases: {
    k: number;
    sigmaRule: 'meanpair' | 'meanknn';
    sigma: number;
    neighbours: number[][];
    W: StoredMatrix;
  }[];
  constant: { X: StoredMatrix; k: number; sigma: number; W: StoredMatrix };
}

describe('graph', () => {
  const golden = readGolden<GoldenGraph>('graph');
  const X = stored(golden.X);

  it.each(golden.cases.map((c) => [c.k, c.sigmaRule, c] as const))(
    'k = %i with %s gives the stored neighbours, sigma and weights',
    (k, rule, expected) => {
      const graph = heatGraph(X, k, rule);
      expect(graph.neighbours).toEqual(expected.neighbours);
      const sigma = rule === 'meanpair' ? meanPairDistance(X) : meanNeighbourDistance(X, k);
      expect(distance([sigma], [expected.sigma])).toBeLessThanOrEqual(1e-12);
      expect(distance(graph.widths, new Float64Array(X.cols).fill(expected.sigma))).toBeLessThanOrEqual(
        1e-12,
      );
      expect(matrixDistance(graph.W, expected.W)).toBeLessThanOrEqual(1e-12);
    },
  );

  it('joins equal points with weight 1 when every distance is 0', () => {
    const { X, k, sigma, W } = golden.constant;
    const graph = heatGraph(stored(X), k, 'meanpair');
    expect(graph.widths[0]).toBe(sigma);
    expect([...graph.W.data]).toEqual(W.data);
    for (const rule of ['meanknn', 'local'] as const)
      expect([...heatGraph(stored(X), k, rule).W.data]).toEqual(W.data);
  });

  it('breaks ties between neighbours by index', () => {
    // Five points on a line, the middle one equally far from two pairs.
    const line = fromRows([[0, 1, 2, 3, 4]]);
    expect(heatGraph(line, 2).neighbours).toEqual([
      [1, 2],
      [0, 2],
      [1, 3],
      [2, 4],
      [3, 2],
    ]);
    expect(heatGraph(line, 1).neighbours[2]).toEqual([1]);
  });

  it('clamps k to N - 1, and a single sample has no neighbour', () => {
    expect(heatGraph(fromRows([[1, 2, 4]]), 9).neighbours.map((list) => list.length)).toEqual([2, 2, 2]);
    const single = heatGraph(dense(3, 1, [1, 2, 3]), 5);
    expect(single.neighbours).toEqual([[]]);
    expect([...single.W.data]).toEqual([0]);
    expect(toCsr(single).indices).toHaveLength(0);
  });

  it('scales locally by the distance to the 7th neighbour, clamped', () => {
    const points = uniformMatrix(rng(1, 7), 4, 12);
    const S = squaredDistances(points);
    const scales = localScales(points);
    const graph = heatGraph(points, 3, 'local');
    for (let i = 0; i < 12; i++) {
      const sorted = Array.from({ length: 12 }, (_, j) => at(S, i, j)).sort((a, b) => a - b);
      expect(scales[i]).toBe(Math.sqrt(sorted[7]));
      for (const j of graph.neighbours[i])
        expect(at(graph.W, i, j)).toBeCloseTo(Math.exp(-at(S, i, j) / (2 * scales[i] * scales[j])), 15);
    }
    expect([...localScales(fromRows([[0, 1, 3]]))]).toEqual([3, 2, 3]);
  });

  it('is symmetric, has a zero diagonal, and joins i and j if either is among the nearest of the other', () => {
    const points = uniformMatrix(rng(2, 7), 3, 20);
    const { W, neighbours } = heatGraph(points, 4);
    expect([...transpose(W).data]).toEqual([...W.data]);
    for (let i = 0; i < 20; i++) {
      expect(at(W, i, i)).toBe(0);
      for (let j = 0; j < 20; j++)
        expect(at(W, i, j) > 0).toBe(neighbours[i].includes(j) || neighbours[j].includes(i));
    }
  });

  it('multiplies by its sparse form as by the dense matrix', () => {
    const random = rng(3, 7);
    const graph = heatGraph(uniformMatrix(random, 6, 23), 3, 'meanknn');
    const V = uniformMatrix(random, 5, 23);
    const W = toCsr(graph);
    expect(W.values).toHaveLength(graph.W.data.filter((w) => w > 0).length);
    for (let i = 0; i < 23; i++) {
      const columns = [...W.indices.slice(W.start[i], W.start[i + 1])];
      expect(columns).toEqual([...columns].sort((a, b) => a - b));
    }
    const VW = multiply(V, graph.W);
    expect(distance(timesCsr(V, W).data, VW.data)).toBeLessThanOrEqual(1e-15);
  });

  it('sums edges to v (D - W) v^T', () => {
    const random = rng(4, 7);
    const { W } = heatGraph(uniformMatrix(random, 6, 15), 3);
    const V = uniformMatrix(random, 4, 15);
    const D = degrees(W);
    const rows = laplacianRows(V, W);
    const VW = multiply(V, W);
    for (let k = 0; k < 4; k++) {
      let direct = 0;
      for (let j = 0; j < 15; j++) direct += at(V, k, j) * (D[j] * at(V, k, j) - at(VW, k, j));
      expect(rows[k]).toBeCloseTo(direct, 12);
    }
  });
});
