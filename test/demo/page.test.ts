/** The demo page as somebody uses it. What takes longer, and Firefox, is in page.slow.test.ts. */
import { CHROMIUM } from '../runtimes/drivers/launch.js';
import { visitPage } from './visits.js';

visitPage([
  [CHROMIUM, 'exampleToModel'],
  [CHROMIUM, 'ownSpeech'],
]);
