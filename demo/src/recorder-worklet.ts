/**
 * Hands the microphone's samples to the page, on the thread of the sound.
 *
 * @module
 */

/** The part of the worklet's world that is used here; the types of the page do not have it. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;

/** Samples that go to the page at once: 85 ms at 48 kHz. */
const STRETCH = 4096;

class RecorderProcessor extends AudioWorkletProcessor {
  #part = new Float32Array(STRETCH);
  #length = 0;

  process([[samples]]: Float32Array[][]): boolean {
    // Nothing is connected yet, or no longer.
    if (samples === undefined) return true;
    for (const sample of samples) {
      this.#part[this.#length++] = sample;
      if (this.#length < STRETCH) continue;
      this.port.postMessage(this.#part, [this.#part.buffer]);
      this.#part = new Float32Array(STRETCH);
      this.#length = 0;
    }
    return true;
  }
}

registerProcessor('recorder', RecorderProcessor);
