/**
 * Cloudflare Workers (workerd): the emotion of a recording.
 *
 *   npm install
 *   npm run model     fits model.satnmf (see tables.mjs): once, or whenever you have better data
 *   npm run dev       on this machine
 *   npm run deploy    to Cloudflare
 *   curl --data-binary @hello.wav http://localhost:8787
 *
 * The condition `workerd` of the package imports its wasm statically, so nothing is compiled while requests wait. A
 * request of 3 s of speech takes some 30 ms of CPU, more than Cloudflare's free plan grants.
 */
import { loadModel } from 'satnmf';
import { answer } from './answer.js';
import bytes from './model.satnmf';

// Before the first request, once for all of them.
const model = await loadModel(new Uint8Array(bytes), { file: 'model.satnmf' });

export default { fetch: (request) => answer(request, model) };
