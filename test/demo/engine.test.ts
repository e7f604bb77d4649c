/**
 * The page's end of the wire, with a worker that does nothing by itself.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelled, Engine } from '../../demo/src/engine.js';
import type { FromWorker, ToWorker } from '../../demo/src/protocol.js';

class Deaf extends EventTarget {
  static readonly started: Deaf[] = [];
  readonly heard: ToWorker[] = [];
  terminated = false;

  constructor() {
    super();
    Deaf.started.push(this);
  }

  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const MODEL = { file: new Blob(), name: 'speech.satnmf' };
const INFO = { method: 'satnmf', classes: ['anger', 'fear'], bytes: 3 };
const FIT = {
  source: { kind: 'emodb', name: 'men', sex: 'm' },
  target: { kind: 'emodb', name: 'women', sex: 'f' },
  emotions: null,
  options: {},
} as const;

describe('the engine', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    Deaf.started.length = 0;
    vi.stubGlobal('Worker', Deaf);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('keeps what is asked of a worker that takes the place of a deaf one', async () => {
    const engine = new Engine(new URL('http://127.0.0.1/worker.js'));
    const [old] = Deaf.started;
    old.say({ type: 'ready' });
    let model: Promise<unknown> | undefined;
    engine.onRestart = () => {
      model = engine.ask('loadModel', MODEL);
    };
    const run = new AbortController();
    const fit = engine.ask('fit', FIT, { signal: run.signal });
    const beside = engine.ask('saveModel', { compact: false });
    const ends = [fit, beside].map((one) => one.then(null, (error: unknown) => error));
    run.abort();
    expect(old.heard.at(-1)).toEqual({ type: 'cancel', id: 1 });
    vi.advanceTimersByTime(1500);
    expect(old.terminated).toBe(true);
    for (const end of ends) {
      const error = await end;
      expect(error).toBeInstanceOf(Cancelled);
      expect((error as Cancelled).restarted).toBe(true);
    }
    const [, young] = Deaf.started;
    expect(young.heard).toEqual([]);
    young.say({ type: 'ready' });
    expect(young.heard).toEqual([{ type: 'ask', id: 3, kind: 'loadModel', input: MODEL }]);
    young.say({ type: 'answer', id: 3, answer: INFO });
    expect(await model).toEqual(INFO);
  });

  it('tells a run that stops when told from one that was broken off', async () => {
    const engine = new Engine(new URL('http://127.0.0.1/worker.js'));
    const [worker] = Deaf.started;
    worker.say({ type: 'ready' });
    const run = new AbortController();
    const fit = engine.ask('fit', FIT, { signal: run.signal }).then(null, (error: unknown) => error);
    run.abort();
    worker.say({ type: 'failed', id: 1, error: { name: 'Error', message: 'no' } as never, cancelled: true });
    expect(await fit).toMatchObject({ name: 'Cancelled', restarted: false });
    vi.advanceTimersByTime(60_000);
    expect(Deaf.started).toHaveLength(1);
  });

  it('does not hold the silence of a worker that is gone against the one after it', async () => {
    const engine = new Engine(new URL('http://127.0.0.1/worker.js'));
    const run = new AbortController();
    const fit = engine.ask('fit', FIT, { signal: run.signal }).then(null, (error: unknown) => error);
    run.abort();
    vi.advanceTimersByTime(1500);
    expect(await fit).toBeInstanceOf(Cancelled);
    const [, young] = Deaf.started;
    young.say({ type: 'ready' });
    const model = engine.ask('loadModel', MODEL);
    vi.advanceTimersByTime(60_000);
    young.say({ type: 'answer', id: 2, answer: INFO });
    expect(await model).toEqual(INFO);
  });
});
