/**
 * Twenty recordings of EmoDB, dropped on the demo page: features, a fit, a table.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDemo } from '../../scripts/demo.mjs';
import { haveShared, sharedFile } from '../js/audio/shared.js';
import { onEveryBrowser } from './browsers.js';
import { droppedFile, opened } from './opened.js';

const COUNT = 20;
const WHAT = `${COUNT} recordings of EmoDB on the demo page`;

if (!haveShared(WHAT, 'data', 'emodb')) it.skip(`${WHAT} (skipped: they are not in SATNMF_SHARED)`);
else
  describe(WHAT, () => {
    let folder: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'satnmf-demo-'));
      await buildDemo(folder);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const wavs = readdirSync(sharedFile('data', 'emodb')).filter((name) => name.endsWith('.wav'));
    const chosen = wavs.filter((_, i) => i % Math.floor(wavs.length / COUNT) === 0).slice(0, COUNT);
    const files = chosen.map((name) => droppedFile(name, readFileSync(sharedFile('data', 'emodb', name))));

    onEveryBrowser('gives a table of them', async (browser) => {
      await opened(browser, folder, async (page) => {
        await page.drop('target-drop', files);
        expect(await page.done()).toMatch(/^Done in/);
        const heads = await page.heads();
        expect(heads).toEqual([
          ...['Play', 'Recording', 'Emotion', 'Confidence', 'SVM says', 'Label', 'Take away'],
        ]);
        const rows = await page.rows();
        expect(rows.map((row) => row[1].replace(/[\d.]+ s$/, ''))).toEqual(chosen);
        // Their names tell the emotion, and the source has the very same recordings.
        const right = rows.filter((row) => row[5].endsWith('✓'));
        expect(right.length).toBeGreaterThanOrEqual(0.75 * COUNT);
        expect(await page.page.evaluate(() => document.querySelectorAll('#map svg').length)).toBe(4);
        expect(await page.barriers()).toEqual([]);
        expect(page.faults).toEqual({ errors: [], violations: [], strangers: [] });
      });
    });
  });
