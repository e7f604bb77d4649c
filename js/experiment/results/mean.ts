// The mean of a figure over repeated runs.

/** Mean and sample standard deviation. */
export interface Mean {
  readonly mean: number;
  /** Null for a single value, which has none. */
  readonly deviation: number | null;
  readonly count: number;
}

/** @param values at least one */
export function meanOf(values: readonly number[]): Mean {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : null, count };
}
