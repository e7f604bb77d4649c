/** The demo page as somebody uses it, beside what page.test.ts has. */
import { CHROMIUM, FIREFOX } from '../runtimes/drivers/launch.js';
import { visitPage } from './visits.js';

visitPage([
  [CHROMIUM, 'namedModel'],
  [FIREFOX, 'exampleToModel'],
  [FIREFOX, 'ownSpeech'],
]);
