/** Exponent p of y ≈ a xᵖ: the slope of least squares through (log x, log y). At least two different x, all above 0. */
export function slope(x: readonly number[], y: readonly number[]): number {
  const [u, v] = [x.map(Math.log), y.map(Math.log)];
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mu, mv] = [mean(u), mean(v)];
  let [uu, uv] = [0, 0];
  u.forEach((value, i) => {
    uu += (value - mu) ** 2;
    uv += (value - mu) * (v[i] - mv);
  });
  return uv / uu;
}
