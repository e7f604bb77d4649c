import { describe, expect, it } from 'vitest';
import { costOf, mapped, measure, median, ratio, spread, type Timing } from '../../bench/measure.js';

const timing = (...cpu: number[]): Timing => {
  const runs = cpu.map((seconds) => ({ cpu: seconds, wall: 2 * seconds }));
  return { runs, cpu: spread(cpu), wall: spread(runs.map(({ wall }) => wall)) };
};

describe('median and range', () => {
  it('take the middle of an odd count and the mean of the two in the middle of an even one', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
  });

  it('sort numbers as numbers and leave the order of what they are given', () => {
    const values = [10, 9, 2, 100];
    expect(spread(values)).toEqual({ median: 9.5, low: 2, high: 100 });
    expect(values).toEqual([10, 9, 2, 100]);
  });

  it('keep low below high under a falling function', () => {
    expect(mapped({ median: 2, low: 1, high: 4 }, (s) => 8 / s)).toEqual({ median: 4, low: 2, high: 8 });
  });

  it('of a ratio pair the rounds', () => {
    expect(ratio(timing(2, 30, 4), timing(1, 10, 1), 'cpu')).toEqual({ median: 3, low: 2, high: 4 });
  });
});

describe('measure', () => {
  it('runs every contestant once a round, every other round backwards, after the warm-up', async () => {
    const order: string[] = [];
    const work = (name: string) => () => {
      order.push(name);
      return { cpu: 1, wall: 2 };
    };
    const timings = await measure({ a: work('a'), b: work('b') }, { rounds: 3, warmUp: 2, atLeast: 0 });
    expect(order.join('')).toBe('aabb' + 'ab' + 'ba' + 'ab');
    expect(timings.a.runs).toEqual([1, 2, 3].map(() => ({ cpu: 1, wall: 2 })));
    expect(timings.b.wall).toEqual({ median: 2, low: 2, high: 2 });
  });

  it('repeats short work within a round and divides by the repeats', async () => {
    let calls = 0;
    const { a } = await measure(
      { a: () => ((calls += 1), { cpu: 0.3, wall: 0.3 }) },
      { rounds: 2, warmUp: 0, atLeast: 1 },
    );
    // 1 + 2 + 4 to find four repeats, then two rounds of four.
    expect(calls).toBe(7 + 8);
    expect(a.cpu.median).toBeCloseTo(0.3, 12);
  });

  it('waits for work that is asynchronous', async () => {
    let done = false;
    await costOf(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      done = true;
    });
    expect(done).toBe(true);
  });

  it('counts what this process took where the work says nothing', async () => {
    const { cpu, wall } = await costOf(() => 'a result');
    expect(cpu).toBeGreaterThanOrEqual(0);
    expect(wall).toBeGreaterThanOrEqual(0);
  });
});
