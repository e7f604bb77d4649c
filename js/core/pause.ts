// Letting the event loop run between two iterations: cancelling, drawing, other requests.

/** Node, Deno and Bun have it; it is not in the types of the web. */
const { setImmediate: immediate } = globalThis as { setImmediate?: (done: () => void) => void };

/** Every so many pauses one is a timer (ours). */
const TIMER_EVERY = 4;
let pauses = 0;

/**
 * Resolves in a later turn of the event loop, as soon as there is one. Timers wait too long for that: at least 1 ms
 * in Node and, once they follow each other, 4 ms in browsers. But in workerd no timer fires, so nobody is heard who
 * cancels by one, unless somebody waits for a timer: every fourth pause does.
 */
export function pause(): Promise<void> {
  pauses++;
  return new Promise((resolve) => {
    if (pauses % TIMER_EVERY === 0) setTimeout(resolve);
    else if (immediate !== undefined) immediate(resolve);
    else if (typeof MessageChannel === 'function') {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    } else setTimeout(resolve);
  });
}
