/**
 * One request, one answer: a recording in, its emotion out. Nothing but web standards, so it runs at every edge
 * (worker.js, edge-light.js).
 *
 *   POST a WAV file of at most 30 s     200 { emotion, confidence, shares, seconds, warnings, timings }
 *   anything else                       4xx { error: a sentence }
 */
import { SatnmfError } from 'satnmf';
import { extract } from 'satnmf/audio';

const MAX_SECONDS = 30;
/** 30 s in stereo, 48 kHz and 32 bit. More is not kept. */
const MAX_BYTES = 12e6;

/** What the sender can mend, by the code of satnmf's error. All other codes are faults of ours. */
const STATUS = {
  'bad-argument': 400,
  'bad-file': 400,
  'not-finite': 400,
  'too-large': 413,
  unsupported: 415,
};

/** A request that is refused, and why. */
class Refusal extends Error {
  constructor(status, sentence, headers = {}) {
    super(sentence);
    this.status = status;
    this.headers = headers;
  }
}

/** @param {import('satnmf').Model} model as `satnmf fit` wrote it */
export async function answer(request, model) {
  try {
    const clock = await startClock();
    const bytes = await bodyOf(request);
    await clock.lap('upload');
    const { features, seconds, warnings } = await extract(bytes, {
      file: 'the recording',
      maxSeconds: MAX_SECONDS,
    });
    await clock.lap('features');
    const { emotions, confidence, shares } = model.classify(features);
    await clock.lap('classify');
    return Response.json({
      emotion: emotions[0],
      confidence: confidence[0],
      shares: Object.fromEntries(model.classes.map((emotion, k) => [emotion, shares[k]])),
      seconds,
      warnings,
      timings: clock.milliseconds,
    });
  } catch (error) {
    return refused(error);
  }
}

function refused(error) {
  const status = error instanceof Refusal ? error.status : STATUS[error.code];
  if (status !== undefined && (error instanceof Refusal || error instanceof SatnmfError))
    return Response.json({ error: error.message }, { status, headers: error.headers });
  console.error(error);
  return Response.json({ error: 'This is a fault of the service, not of the recording.' }, { status: 500 });
}

/** Reads to the end, whatever it thinks of it: a sender that is cut off would not hear why. */
async function bodyOf(request) {
  const parts = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length <= MAX_BYTES) parts.push(part);
  }
  if (request.method !== 'POST')
    throw new Refusal(405, `Send a WAV file by POST, not ${request.method}.`, { allow: 'POST' });
  if (length === 0) throw new Refusal(400, 'The body is empty: send the bytes of a WAV file.');
  if (length > MAX_BYTES)
    throw new Refusal(413, `The body is larger than ${MAX_BYTES} bytes: send at most 30 s of sound.`);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Clocks at the edge stand still while code computes, and are set right while it waits: so it waits before it looks. */
async function startClock() {
  const milliseconds = {};
  const now = async () => {
    await new Promise((done) => setTimeout(done));
    return Date.now();
  };
  let last = await now();
  return {
    milliseconds,
    async lap(name) {
      const time = await now();
      milliseconds[name] = time - last;
      last = time;
    },
  };
}
