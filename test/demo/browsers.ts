/**
 * The two browsers.
 */
import { type BrowserProgram, CHROMIUM, findBrowser, FIREFOX } from '../runtimes/drivers/launch.js';
import { itWith } from '../runtimes/all.js';

/** One test a browser. */
export function onEveryBrowser(sentence: string, test: (browser: BrowserProgram) => Promise<void>): void {
  for (const browser of [CHROMIUM, FIREFOX])
    itWith(browser.name, findBrowser(browser), sentence, () => test(browser));
}

/** The browser with a microphone that beeps, which may be used without being asked for. */
export const withMicrophone = (browser: BrowserProgram): BrowserProgram => ({
  ...browser,
  args:
    browser.kind === 'chrome'
      ? [...browser.args, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']
      : browser.args,
  preferences: { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
});
