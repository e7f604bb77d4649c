/**
 * The worker's end of the wire: requests by their names, each of which can be cancelled.
 *
 * @module
 */
import { plainError } from '../../../js/outside/worker/index.js';
import type { FromWorker, Kind, Requests, ToWorker } from '../protocol.js';

/** How a request hears that nobody waits any more, and tells how far it is. */
interface Asked<E> {
  readonly signal: AbortSignal;
  tell(event: E): void;
}

type Handlers = {
  readonly [K in Kind]: (
    input: Requests[K]['input'],
    asked: Asked<Requests[K]['event']>,
  ) => Promise<Requests[K]['answer']>;
};

type AnyHandler = (input: unknown, asked: Asked<unknown>) => Promise<unknown>;

/** Answers for as long as the worker lives. */
export function serve(handlers: Handlers): void {
  const running = new Map<number, AbortController>();
  const post = (message: FromWorker): void => globalThis.postMessage(message);
  globalThis.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
    const { id } = data;
    if (data.type === 'cancel') return running.get(id)?.abort();
    const { signal } = running.set(id, new AbortController()).get(id) as AbortController;
    const handler = handlers[data.kind] as AnyHandler;
    void handler(data.input, { signal, tell: (event) => post({ type: 'event', id, event }) })
      .then(
        (answer) => post({ type: 'answer', id, answer }),
        (error: unknown) => post({ type: 'failed', id, error: plainError(error), cancelled: signal.aborted }),
      )
      .finally(() => running.delete(id));
  });
  post({ type: 'ready' });
}
