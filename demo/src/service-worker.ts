/**
 * Answers the page's requests from what was kept when it was first opened.
 *
 * @module
 */

/** Files of the page; set by the build, as is the name, which changes with any of them. */
declare const __FILES__: readonly string[];
declare const __CACHE__: string;

/** The part of a service worker's world that is used here; the types of the page do not have it. */
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface ServiceWorkerScope {
  addEventListener(type: 'install' | 'activate', hear: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', hear: (event: FetchEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const scope = globalThis as unknown as ServiceWorkerScope;
/** What every version's cache begins with. */
const NAME = 'satnmf-demo-';

async function keepAll(): Promise<void> {
  const cache = await caches.open(NAME + __CACHE__);
  await cache.addAll(__FILES__);
  await scope.skipWaiting();
}

async function dropOthers(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(NAME) && name !== NAME + __CACHE__);
  await Promise.all(others.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

scope.addEventListener('install', (event) => event.waitUntil(keepAll()));
scope.addEventListener('activate', (event) => event.waitUntil(dropOthers()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  event.respondWith(caches.match(request, { ignoreSearch: true }).then((kept) => kept ?? fetch(request)));
});
