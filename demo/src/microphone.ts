/**
 * The button that records.
 *
 * @module
 */
import { byId, look } from './element.js';
import { record, type Running } from './recorder.js';

/** @param take gets each recording */
export function microphone(take: (file: File) => void, problem: (sentence: string) => void): void {
  const press = byId<HTMLButtonElement>('record');
  const meter = byId('level');
  let running: Running | null = null;
  let count = 0;

  const stop = (): void => {
    if (running === null) return;
    const file = running.stop();
    running = null;
    press.textContent = 'Record';
    press.setAttribute('aria-pressed', 'false');
    meter.hidden = true;
    take(file);
  };
  const start = async (): Promise<void> => {
    press.disabled = true;
    try {
      running = await record(`recording ${++count}.wav`);
      running.onFull = stop;
      running.onHeard = (seconds, level) => {
        press.textContent = `Stop (${seconds.toFixed(0)} s)`;
        look(meter, { '--share': level });
      };
      press.textContent = 'Stop';
      press.setAttribute('aria-pressed', 'true');
      meter.hidden = false;
    } catch (error) {
      problem((error as Error).message);
    } finally {
      press.disabled = false;
    }
  };
  press.addEventListener('click', () => {
    if (running === null) void start();
    else stop();
  });
}
