/**
 * Keeps the page's own files, so that it opens without a network.
 *
 * @module
 */

/** @returns whether it will open without a network from now on */
export async function keepForOffline(): Promise<boolean> {
  // Only pages over https, or of this machine itself, may keep anything.
  if (!('serviceWorker' in navigator)) return false;
  try {
    await navigator.serviceWorker.register('service-worker.js');
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false;
  }
}
