/**
 * Plays recordings, one at a time.
 *
 * @module
 */
import { button } from './element.js';
import type { Recording } from './recordings.js';

export class Player {
  readonly #audio = new Audio();
  #playing: { readonly key: number; readonly address: string } | null = null;
  /** Hears when a recording begins or ends, and what cannot be played. */
  readonly #changed: (key: number) => void;
  readonly #failed: (sentence: string) => void;

  constructor(changed: (key: number) => void, failed: (sentence: string) => void) {
    this.#changed = changed;
    this.#failed = failed;
    this.#audio.addEventListener('ended', () => this.stop());
  }

  /** The button of a recording; none for those without sound. */
  buttonOf({ key, name, file }: Recording): Node | string {
    if (file === null) return '';
    const plays = this.#playing?.key === key;
    return button('', () => (plays ? this.stop() : this.#play(key, name, file)), {
      class: plays ? 'play playing' : 'play',
      'aria-label': `${plays ? 'Stop' : 'Play'} ${name}`,
    });
  }

  #play(key: number, name: string, file: File): void {
    this.stop();
    const address = URL.createObjectURL(file);
    this.#playing = { key, address };
    this.#audio.src = address;
    this.#changed(key);
    this.#audio.play().catch((error: unknown) => {
      // Another one was asked for meanwhile.
      if (this.#playing?.address !== address) return;
      this.stop();
      this.#failed(
        `${name}: this browser cannot play it (${error instanceof Error ? error.message : String(error)})`,
      );
    });
  }

  stop(): void {
    if (this.#playing === null) return;
    const { key, address } = this.#playing;
    this.#playing = null;
    this.#audio.pause();
    this.#audio.removeAttribute('src');
    URL.revokeObjectURL(address);
    this.#changed(key);
  }
}
