/**
 * Vercel's edge runtime, for example as app/emotion/route.js of a Next.js site: the emotion of a recording.
 *
 *   npm install satnmf, and npm run model as in worker.js
 *   cp model.satnmf public/
 *
 * The condition `edge-light` of the package imports its wasm statically, as that runtime demands.
 */
import { loadModel } from 'satnmf';
import { answer } from './answer.js';

export const runtime = 'edge';

let model;

/** The model lies among the files of the site. A failed attempt is not kept. */
async function fetchModel(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  return loadModel(new Uint8Array(await response.arrayBuffer()), { file: url.pathname });
}

export async function POST(request) {
  model ??= await fetchModel(new URL('/model.satnmf', request.url));
  return answer(request, model);
}
