/**
 * Letting the event loop run between two iterations: cancelling, drawing, other requests.
 *
 * @module
 */

/** Node, Deno and Bun have it; it is not in the types of the web. */
const { setImmediate: immediate } = globalThis as { setImmediate?: (done: () => void) => void };

/**
 * Resolves in a later turn of the event loop, as soon as there is one. Timers wait too long for that: at least 1 ms
 * in Node and, once they follow each other, 4 ms in browsers.
 */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    if (immediate !== undefined) immediate(resolve);
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
