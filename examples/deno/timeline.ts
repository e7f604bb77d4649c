/**
 * Deno: how the emotion of a long recording changes, a line a second.
 *
 *   deno add npm:satnmf
 *   deno run --allow-read timeline.ts interview.wav
 */
import { corpus, linearSvm } from 'satnmf';
import { extract } from 'satnmf/audio';
import { loadEmodb } from 'satnmf/emodb';

const [file] = Deno.args;
// Each window is a row of features, as if it were a recording of its own.
const { names, features, start } = await extract(await Deno.readFile(file), {
  file,
  windowSeconds: 2,
  hopSeconds: 1,
});

// The windows are scaled among each other, so that a microphone or a voice unlike EmoDB's does less harm.
const target = corpus({ name: file, features, columns: names });
const model = await linearSvm().fit({ source: await loadEmodb(), target });

for (const warning of model.warnings) console.warn(warning);
const { emotions, confidence } = model.classify();
emotions.forEach((emotion, i) => {
  const bar = '#'.repeat(Math.round(20 * confidence[i]));
  console.log(`${start[i].toFixed(0).padStart(5)} s  ${emotion.padEnd(10)} ${bar}`);
});
