/**
 * The table of recordings: bars while they are extracted, then what is said of them.
 *
 * @module
 */
import { button, element, look } from './element.js';
import { colourOf, emotionWord } from './palette.js';
import { Player } from './player.js';
import { type Recording, Recordings } from './recordings.js';
import { type Column, Table } from './table.js';
import { waveform } from './waveform.js';

export class Targets {
  readonly recordings = new Recordings();
  readonly #table: Table<Recording>;
  readonly #player: Player;
  readonly #remove: (recording: Recording) => void;
  /** In class order, as the shares of verdicts are. */
  #classes: readonly string[] = [];

  constructor(
    host: HTMLElement,
    { remove, problem }: { remove: (recording: Recording) => void; problem: (sentence: string) => void },
  ) {
    this.#table = new Table(host, 'Recordings and what is said of them');
    this.#remove = remove;
    this.#player = new Player(
      (key) => this.refresh(this.recordings.all.filter((one) => one.key === key)),
      problem,
    );
  }

  /** @param classes of the verdicts */
  draw(classes: readonly string[] = this.#classes): void {
    this.#classes = classes;
    const all = this.recordings.all;
    const judged = all.some(({ verdict }) => verdict !== null);
    const wanted = (id: string): boolean => {
      if (id === 'play') return all.some(({ file }) => file !== null);
      if (id === 'svm') return all.some(({ verdict }) => typeof verdict?.svm === 'string');
      if (id === 'truth') return judged && all.some(({ emotion }) => emotion !== null);
      if (id === 'confidence') return judged;
      return true;
    };
    const columns = this.#columns.filter(({ id }) => wanted(id));
    const same = columns.length === this.#drawn.length && columns.every((one, i) => one === this.#drawn[i]);
    if (!same) this.#drawn = columns;
    this.#table.show(all, this.#drawn);
  }

  #drawn: readonly Column<Recording>[] = [];

  refresh(recordings: Iterable<Recording>): void {
    this.#table.refresh(recordings);
  }

  silence(): void {
    this.#player.stop();
  }

  #confidence({ confidence, shares }: NonNullable<Recording['verdict']>): HTMLElement {
    const parts = this.#classes.map((emotion, k) =>
      look(element('span'), { '--share': shares[k], '--hue': colourOf(emotion) }),
    );
    const told = this.#classes
      .flatMap((emotion, k) => (shares[k] > 0 ? `${emotion} ${Math.round(100 * shares[k])} %` : []))
      .join(', ');
    return element(
      'span',
      { class: 'agreement', title: `Votes: ${told}` },
      element('span', { class: 'votes', 'aria-hidden': 'true' }, ...parts),
      `${Math.round(100 * confidence)} %`,
    );
  }

  readonly #columns: readonly Column<Recording>[] = [
    { id: 'play', head: '', spoken: 'Play', cell: (recording) => this.#player.buttonOf(recording) },
    {
      id: 'name',
      head: 'Recording',
      names: true,
      cell: ({ name, peaks, seconds, sentence, warnings }) =>
        element(
          'span',
          { class: 'recording' },
          element('span', {}, name),
          peaks === null ? null : waveform(peaks),
          seconds > 0 ? element('small', {}, `${seconds.toFixed(1)} s`) : null,
          sentence === null ? null : element('span', { class: 'problem' }, sentence),
          ...warnings.map((warning) => element('small', { class: 'warning' }, warning)),
        ),
      sort: ({ name }) => name,
    },
    {
      id: 'said',
      head: 'Emotion',
      cell({ stage, share, name, verdict }) {
        if (stage === 'extracting' || stage === 'waiting')
          return element('progress', { max: 1, value: share, 'aria-label': `Features of ${name}` });
        if (verdict !== null) return emotionWord(verdict.emotion);
        return element('small', {}, stage === 'failed' ? 'cannot be read' : 'features ready');
      },
      sort: ({ verdict }) => verdict?.emotion ?? null,
    },
    {
      id: 'confidence',
      head: 'Confidence',
      cell: ({ verdict }) => (verdict === null ? '' : this.#confidence(verdict)),
      sort: ({ verdict }) => verdict?.confidence ?? null,
    },
    {
      id: 'svm',
      head: 'SVM says',
      cell: ({ verdict }) => (typeof verdict?.svm === 'string' ? emotionWord(verdict.svm) : ''),
      sort: ({ verdict }) => verdict?.svm ?? null,
    },
    {
      id: 'truth',
      head: 'Label',
      cell: ({ emotion, verdict }) => {
        if (emotion === null) return '';
        const right = verdict?.emotion === emotion;
        const sign = verdict === null ? '' : right ? ' ✓' : ' ✗';
        return element('span', { class: right ? 'right' : 'wrong' }, emotion, sign);
      },
      sort: ({ emotion }) => emotion,
    },
    {
      id: 'remove',
      head: '',
      spoken: 'Take away',
      cell: (recording) =>
        recording.file === null
          ? ''
          : button('', () => this.#remove(recording), {
              class: 'remove',
              'aria-label': `Take away ${recording.name}`,
            }),
    },
  ];
}
