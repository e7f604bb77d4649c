// Vertex of the parabola through three points, by the formulas for any three points, left to right in f64.
// If the points lie on a line, the highest of them (the first if all are equal).

/** The vertex found last: {@link vertexX}, {@link vertexY}. */
export let vertexX: f64 = 0;
export let vertexY: f64 = 0;

export function findVertex(x1: f64, y1: f64, x2: f64, y2: f64, x3: f64, y3: f64): void {
  const den = x1 * x1 * x2 + x2 * x2 * x3 + x3 * x3 * x1 - x3 * x3 * x2 - x2 * x2 * x1 - x1 * x1 * x3;
  const a = (y1 * x2 + y2 * x3 + y3 * x1 - y3 * x2 - y2 * x1 - y1 * x3) / den;
  if (den != 0.0 && a != 0.0) {
    const b = (x1 * x1 * y2 + x2 * x2 * y3 + x3 * x3 * y1 - x3 * x3 * y2 - x2 * x2 * y1 - x1 * x1 * y3) / den;
    const c =
      (x1 * x1 * x2 * y3 +
        x2 * x2 * x3 * y1 +
        x3 * x3 * x1 * y2 -
        x3 * x3 * x2 * y1 -
        x2 * x2 * x1 * y3 -
        x1 * x1 * x3 * y2) /
      den;
    vertexX = -b / (2.0 * a);
    vertexY = c - a * vertexX * vertexX;
    return;
  }
  vertexX = x1;
  vertexY = y1;
  if (y2 > vertexY) {
    vertexX = x2;
    vertexY = y2;
  }
  if (y3 > vertexY) {
    vertexX = x3;
    vertexY = y3;
  }
}
