/**
 * What somebody does on the demo page. Dropping recordings of EmoDB is in emodb.slow.test.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { buildDemo } from '../../scripts/demo.mjs';
import { babble, pcmFile } from '../js/audio/synthetic.js';
import { itWith } from '../runtimes/all.js';
import { type BrowserProgram, findBrowser } from '../runtimes/drivers/launch.js';
import { withMicrophone } from './browsers.js';
import { flacFile, silentMp3 } from './compressed.js';
import { droppedFile, opened } from './opened.js';

const GOOD = [
  droppedFile('one.wav', pcmFile(babble(24_000, 1))),
  droppedFile('two.flac', flacFile(babble(20_000, 2))),
  droppedFile('three.mp3', silentMp3(40)),
];
const BAD = droppedFile('notes.wav', new TextEncoder().encode('This is no recording.'));

const CLEAN = { errors: [], violations: [], strangers: [] };

export type Visit = keyof typeof SENTENCES;

const SENTENCES = {
  exampleToModel: 'goes from the built-in example to results, to a model and back',
  namedModel: 'classifies with the model that is named, and holds on to it',
  ownSpeech: 'learns from labelled recordings of one’s own, and listens',
} as const;

const VISITS: Record<Visit, (browser: BrowserProgram, folder: string) => Promise<void>> = {
  exampleToModel: async (browser, folder) => {
    await opened(browser, folder, async (page) => {
      expect(await page.barriers()).toEqual([]);

      // Two trials, for time's sake.
      await page.type('parameter-trials', '2');
      await page.press('try');
      // Cancelled in the middle, then from the start.
      await page.until(() => document.querySelector('#curve polyline') !== null);
      await page.press('cancel');
      await page.until(() => document.getElementById('status-words')?.textContent?.startsWith('Cancelled'));
      await page.press('run');
      expect(await page.done()).toMatch(/^Done in [\d.]+ s\.$/);
      expect(await page.text('alert')).toBe('');
      expect(await page.text('summary')).toMatch(/302 recordings.*SATNMF recognises \d+\.\d %/);
      expect(await page.text('explanation')).toMatch(/scaled .*2 random starts.*2 rounds/s);
      expect(await page.heads()).toEqual([
        'Recording',
        'Emotion',
        'Confidence',
        'SVM says',
        'Label',
        'Take away',
      ]);
      const rows = await page.rows();
      expect(rows).toHaveLength(50);
      for (const row of rows) expect(row[2]).toMatch(/^\d+ %$/);
      expect(await page.page.evaluate(() => document.querySelectorAll('#map svg path').length)).toBe(
        4 + 4 * 7,
      );
      expect(await page.page.evaluate(() => document.querySelectorAll('#confusions table').length)).toBe(2);
      expect(await page.barriers()).toEqual([]);

      // Sorted by confidence, falling.
      await page.page.evaluate(() => {
        for (let i = 0; i < 2; i++)
          document.querySelector<HTMLButtonElement>('#target-table th.confidence button')?.click();
      });
      await page.until(() => document.querySelector('th[aria-sort=descending]') !== null);
      const shares = (await page.rows()).map((row) => Number.parseInt(row[2], 10));
      expect(shares).toEqual([...shares].sort((a, b) => b - a));

      const table = Buffer.from((await page.saved('save-table')).content, 'base64').toString('utf8');
      const lines = table.trim().split('\r\n');
      expect(lines).toHaveLength(303);
      expect(lines[0]).toMatch(/^file,emotion,confidence,share_anger,.*,svm,label,problem$/);
      const model = { ...(await page.saved('save-compact')), name: 'speech.satnmf' };

      // The page opens without a network, and the model classifies there what nobody has fitted it to.
      await page.until(() => document.documentElement.dataset['offline'] === 'yes');
      await page.unplug();
      await page.load();
      await page.drop('target-drop', [model]);
      await page.until(() => document.getElementById('model-summary')?.textContent?.includes('anger'));
      await page.drop('target-drop', [...GOOD, BAD]);
      await page.done();
      expect(await page.text('alert')).toBe('');
      const judged = await page.rows();
      expect(judged.map((row) => row[1])).toEqual([
        'one.wav1.5 s',
        'two.flac1.3 s',
        'three.mp31.0 s',
        expect.stringMatching(/^notes\.wavnotes\.wav: .*not a WAV file/),
      ]);
      for (const row of judged.slice(0, 3)) expect(row[3]).toMatch(/^\d+ %$/);
      expect(judged[3][2]).toBe('cannot be read');
      expect(page.faults).toEqual(CLEAN);
    });
  },

  namedModel: async (browser, folder) => {
    await opened(browser, folder, async (page) => {
      // A quick one: one trial, two emotions.
      await page.tellApart(['anger', 'sadness']);
      await page.type('parameter-trials', '1');
      await page.pressAnew('try');
      expect(await page.done()).toMatch(/^Done/);
      const model = { ...(await page.saved('save-compact')), name: 'speech.satnmf' };
      await page.drop('target-drop', [model]);
      await page.until(() => document.getElementById('model-summary')?.textContent?.includes('anger'));

      // Whatever has been fitted since.
      await page.choose('emodb');
      await page.tellApart(['anger', 'fear', 'sadness']);
      await page.pressAnew('run');
      expect(await page.done()).toMatch(/^Done/);
      expect(await page.text('summary')).toContain('3 emotions were told apart');
      await page.choose('model');
      await page.pressAnew('run');
      expect(await page.done()).toMatch(/^Done/);
      expect(await page.text('summary')).toContain('2 emotions were told apart');

      // A worker that does not hear is replaced: nothing is chosen or started by that, and the model is read again.
      await page.page.evaluate(() => {
        const own = Worker.prototype.postMessage as (message: unknown) => void;
        Worker.prototype.postMessage = function (message: { readonly type: string }) {
          if (message.type !== 'cancel') own.call(this, message);
        };
      });
      await page.choose('emodb');
      await page.type('parameter-trials', '5');
      await page.pressAnew('try');
      await page.until(
        () =>
          document.getElementById('curve')?.hidden === false &&
          document.getElementById('status-words')?.textContent?.startsWith('Adapting'),
      );
      await page.press('cancel');
      await page.until(() => document.getElementById('status-words')?.textContent?.startsWith('Cancelled'));
      expect(await page.text('status-words')).toMatch(/^Cancelled by force.*is extracted again/);
      expect(await page.text('alert')).toBe('');
      expect(await page.chosen()).toBe('emodb');
      await page.choose('model');
      await page.pressAnew('run');
      expect(await page.done()).toMatch(/^Done/);
      expect(await page.text('alert')).toBe('');
      expect(await page.text('summary')).toMatch(/302 recordings.*2 emotions were told apart/);
      expect(await page.chosen()).toBe('model');
      expect(page.faults).toEqual(CLEAN);
    });
  },

  ownSpeech: async (browser, folder) => {
    await opened(withMicrophone(browser), folder, async (page) => {
      await page.page.evaluate(() => {
        document.querySelector<HTMLInputElement>('input[value=folder]')?.click();
      });
      const names = ['03a01Wa.wav', '03a02Wb.wav', '08a01Ta.wav', '08a02Tb.wav'];
      await page.drop(
        'source-drop',
        names.map((name, i) => droppedFile(name, pcmFile(babble(16_000, 7 + i)))),
      );
      await page.until(() => document.getElementById('source-summary')?.textContent?.includes('sadness 2'));
      expect(await page.text('source-summary')).toMatch(/recognised as .*EmoDB/i);
      // What the names say is changed by hand, for all of a kind at once.
      await page.page.evaluate(() => {
        const field = document.querySelector<HTMLInputElement>(
          '#source-groups input[aria-label="Emotion of T"]',
        );
        if (field === null) return;
        field.value = 'Fear';
        field.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await page.until(() => document.getElementById('source-summary')?.textContent?.includes('fear 2'));

      // A click, since sound only starts for somebody who is there.
      await page.page.click('#record');
      await page.until(
        () =>
          /[1-9] s/.test(document.getElementById('record')?.textContent ?? '') ||
          document.getElementById('alert')?.hidden === false,
      );
      const deaf = await page.text('alert');
      if (deaf === '') await page.page.click('#record');
      else {
        console.warn(`SKIPPED: the microphone in ${browser.name}, for the page says: ${deaf}`);
        expect(deaf).toBe('The microphone cannot be used: the sound of this machine does not start');
        await page.drop('target-drop', [droppedFile('recording 1.wav', pcmFile(babble(24_000, 1)))]);
      }
      expect(await page.done()).toMatch(/^Done in/);
      expect(await page.text('alert')).toBe('');
      const [[, name, emotion, confidence]] = await page.rows();
      expect(name).toMatch(/^recording 1\.wav\d\.\d s$/);
      expect(['anger', 'fear']).toContain(emotion);
      expect(confidence).toMatch(/^\d+ %$/);
      expect(await page.text('warnings')).toMatch(/1 row, fewer than 20/);
      expect(await page.barriers()).toEqual([]);

      // Of a folder with a file that cannot be read, the others are taken; a table that tells of one twice is refused.
      await page.dropFolder('target-drop', 'speech', [
        GOOD[0],
        droppedFile('labels.csv', new TextEncoder().encode('file,emotion\none.wav,anger\none.wav,fear\n')),
        { name: 'gone.wav', content: null },
      ]);
      await page.until(
        () => document.querySelectorAll('#target-table tbody td.confidence .agreement').length === 2,
      );
      expect(await page.text('alert')).toBe(
        'The browser cannot read speech/gone.wav.\nspeech/labels.csv, row 3: is a second row for "one.wav"',
      );

      // A value out of range is refused beside its field.
      await page.type('parameter-r', '0');
      await page.press('run');
      await page.until(() => document.getElementById('alert')?.textContent?.includes('"r"'));
      expect(page.faults).toEqual(CLEAN);
    });
  },
};

/** A test for each visit in each of the browsers. */
export function visitPage(visits: readonly (readonly [BrowserProgram, Visit])[]): void {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'satnmf-demo-'));
    await buildDemo(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe('the demo page', () => {
    for (const [browser, visit] of visits)
      itWith(browser.name, findBrowser(browser), SENTENCES[visit], () => VISITS[visit](browser, folder));
  });
}
