/**
 * The machine that figures were taken on.
 */
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly os: string;
  readonly node: string;
  /** Year, month and day. */
  readonly date: string;
  /** Processes that wanted a core in the minute before (Unix load average): above `cores`, ours had to wait. */
  readonly load?: number;
}

export function machine(): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memory: totalmem(),
    os: `${platform()} ${arch()}`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    load: Math.round(10 * loadavg()[0]) / 10,
  };
}

/** One line; the load is of the moment and is left out. */
export function described({ cpu, cores, memory, os, node, date }: Machine): string {
  return `${cpu}, ${cores} cores, ${(memory / 2 ** 30).toFixed(1)} GiB, ${os}, Node ${node}, ${date}`;
}
