/**
 * The demo page in Chromium: from dropping recordings of EmoDB to results, and the longest task that the page itself
 * had to do meanwhile.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Dropped, Opened } from '../../test/demo/opened.js';
import { notMeasured, row, type Row, spread, subject } from '../harness.js';

// Read as the drivers are loaded, which look for the runtimes beside themselves otherwise.
process.env['SATNMF_RUNTIMES'] = resolve('test/runtimes');
const { CHROMIUM, findBrowser } = await import('../../test/runtimes/drivers/launch.js');
const { droppedFile, opened } = await import('../../test/demo/opened.js');
// At its own place, by which it finds the sources.
const { buildDemo } = (await import(resolve('scripts/demo.mjs'))) as {
  buildDemo(folder: string): Promise<void>;
};

const COUNT = 50;
const ROUNDS = 3;
const NAME = `Chromium, ${COUNT} recordings of EmoDB, default preset, `;
const RESPONSIVE = { target: '< 50 ms' };

/** What one round came to. */
interface Seen {
  /** From the drop to the features, to the results in the table, and to the end with the map; in s. */
  readonly extracted: number;
  readonly results: number;
  readonly map: number;
  /** Longest task of the page in ms from the drop on; what is below 50 ms is not reported by browsers. */
  readonly longest: number;
  /** The same while the page opens in a browser that has just started. */
  readonly opening: number;
  /** Longest time in ms that a timer of the page was late. */
  readonly latest: number;
}

await subject('demo', async (say) => {
  const found = findBrowser(CHROMIUM);
  const folder = process.env['SATNMF_SHARED'] ?? resolve('../shared');
  const wavs = join(folder, 'data', 'emodb');
  const absent = 'missing' in found ? found.missing : existsSync(wavs) ? null : `there is no ${wavs}`;
  const names = [
    'drop to features',
    'drop to results',
    'drop to the map',
    'longest task',
    'longest task while opening',
    'timer late by',
  ];
  if (absent !== null) return names.map((name) => notMeasured(NAME + name, absent));

  const all = readdirSync(wavs).filter((name) => name.endsWith('.wav'));
  const files = all
    .filter((_, i) => i % Math.floor(all.length / COUNT) === 0)
    .slice(0, COUNT)
    .map((name) => droppedFile(name, readFileSync(join(wavs, name))));
  const page = mkdtempSync(join(tmpdir(), 'satnmf-demo-'));
  try {
    await buildDemo(page);
    const seen: Seen[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      say(`round ${i + 1} …`);
      seen.push(await round(page, files));
    }
    const of = (key: keyof Seen) => spread(seen.map((one) => one[key]));
    const [features, results, map, task, opening, late] = names;
    const note = `${ROUNDS} fresh pages; the files are handed over before the clock starts`;
    return [
      row({ name: NAME + features, value: of('extracted'), unit: 's', note }),
      row({ name: NAME + results, value: of('results'), unit: 's', note }),
      row({ name: NAME + map, value: of('map'), unit: 's', note }),
      row({
        name: NAME + task,
        value: of('longest'),
        unit: 'ms',
        note: 'from the drop to the map; PerformanceObserver, longtask; 0: none',
        ...RESPONSIVE,
      }),
      row({
        name: NAME + opening,
        value: of('opening'),
        unit: 'ms',
        note: 'scripts, style and first layout, before anything can be dropped',
      }),
      row({ name: NAME + late, value: of('latest'), unit: 'ms', note: 'a timer of 5 ms, all the while' }),
    ] satisfies Row[];
  } finally {
    rmSync(page, { recursive: true, force: true });
  }
});

function round(folder: string, files: readonly Dropped[]): Promise<Seen> {
  return opened(CHROMIUM, folder, async (page) => {
    const opening = await longestOfOpening(page);
    // Making files of base64 is no part of what a drop costs.
    await page.prepare('target-drop', files);
    const seen = await page.page.evaluate(async () => {
      let [longest, latest, extracted, results] = [0, 0, 0, 0];
      const began = performance.now();
      const observer = new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries())
          if (startTime >= began) longest = Math.max(longest, duration);
      });
      observer.observe({ type: 'longtask' });
      // A task of its own, which is counted.
      setTimeout(() => globalThis.dropPrepared());
      let before = performance.now();
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        const now = performance.now();
        latest = Math.max(latest, now - before - 5);
        before = now;
        const words = document.getElementById('status-words')?.textContent ?? '';
        if (extracted === 0 && /^(Training|Looking|Adapting|Drawing|Done)/.test(words))
          extracted = now - began;
        if (results === 0 && document.getElementById('summary')?.textContent !== '') results = now - began;
        if (words.startsWith('Done')) break;
      }
      const map = performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, 100));
      observer.disconnect();
      return { extracted: extracted / 1000, results: results / 1000, map: map / 1000, longest, latest };
    });
    return { ...seen, opening };
  });
}

/** In ms; 0 if none was worth a report. */
function longestOfOpening({ page }: Opened): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let longest = 0;
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
        }).observe({ type: 'longtask', buffered: true });
        setTimeout(() => resolve(longest), 200);
      }),
  );
}
