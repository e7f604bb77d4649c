/**
 * What is being done, for those who see the page and those who hear it.
 *
 * @module
 */
import { byId } from './element.js';

export class Status {
  readonly #bar = byId('status');
  readonly #words = byId('status-words');
  readonly #progress = byId<HTMLProgressElement>('status-progress');
  readonly #cancel = byId<HTMLButtonElement>('cancel');
  readonly #link = byId('status-link');
  readonly #spoken = byId('spoken');
  readonly #alert = byId('alert');
  #missing = '';

  constructor(cancel: () => void) {
    this.#cancel.addEventListener('click', cancel);
  }

  /** @param share part of it that is done, in [0, 1] */
  running(words: string, share: number): void {
    this.#alarm('');
    this.#show(words, true);
    this.#progress.value = share;
  }

  /** Said aloud, too: for what is worth an interruption, not for every file. */
  say(sentence: string): void {
    this.#spoken.textContent = sentence;
  }

  done(sentence: string): void {
    this.#show(sentence, false);
    this.say(sentence);
  }

  /** Of what went wrong; an empty one takes the last back. */
  problem(sentence: string): void {
    this.#alarm(sentence);
    if (sentence !== '') this.#bar.hidden = true;
  }

  /** Of what is missing among the recordings: it stays while the others are worked on, until an empty one. */
  missing(sentence: string): void {
    this.#missing = sentence;
    this.#alarm('');
  }

  #alarm(sentence: string): void {
    const words = [this.#missing, sentence].filter((one) => one !== '').join('\n');
    // The same words once more would be read out once more.
    if (this.#alert.textContent !== words) this.#alert.textContent = words;
    this.#alert.hidden = words === '';
  }

  #show(words: string, running: boolean): void {
    this.#bar.hidden = false;
    this.#words.textContent = words;
    this.#progress.hidden = !running;
    this.#cancel.hidden = !running;
    this.#link.hidden = running;
  }
}
