/**
 * A Redis of its own for a test, Debian's redis-server on a free loopback port, and processes of the command line.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../../../../dist/cli.js', import.meta.url));

/** Why there is no Redis here; null if there is one. */
export function redisAbsent(): string | null {
  return spawnSync('redis-server', ['--version']).status === 0 ? null : 'redis-server is not installed';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Redis {
  readonly url: string;
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | null = null;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.url = `redis://127.0.0.1:${port}`;
  }

  /** @param folder where it keeps its data, so that it has them after a restart */
  static async start(folder: string): Promise<Redis> {
    const redis = new Redis(folder, await freePort());
    await redis.resume();
    return redis;
  }

  /** Starts it again. */
  async resume(): Promise<void> {
    const own = ['--bind', '127.0.0.1', '--port', String(this.#port), '--dir', this.#folder];
    const kept = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
    const server = spawn('redis-server', [...own, ...kept], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = server;
    for await (const text of server.stdout) if (String(text).includes('Ready to accept connections')) break;
    server.stdout.resume();
  }

  async kill(): Promise<void> {
    const server = this.#process;
    if (server === null) return;
    this.#process = null;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
}

/** A process of the built command line. */
export class Satnmf {
  readonly process: ChildProcess;
  out = '';
  err = '';

  constructor(...args: readonly string[]) {
    this.process = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.process.stdout?.on('data', (text) => (this.out += String(text)));
    this.process.stderr?.on('data', (text) => (this.err += String(text)));
  }

  /** Resolves to its exit code, or to null if it was killed. */
  async ended(): Promise<number | null> {
    const { process: child } = this;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child.exitCode;
  }

  /** Resolves when it has said that on stderr. */
  async says(text: string): Promise<void> {
    while (!this.err.includes(text)) {
      if (this.process.exitCode !== null) throw new Error(`It ended without saying ${text}: ${this.err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.process.kill(signal);
    await this.ended();
  }
}
