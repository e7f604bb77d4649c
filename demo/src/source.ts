/**
 * What is learnt from: EmoDB, recordings of one's own with labels that can be changed, or a model.
 *
 * @module
 */
import { counted } from '../../js/data/index.js';
import { button, byId, element } from './element.js';
import { emotionWord } from './palette.js';
import type { ModelInfo, Rows } from './protocol.js';
import { countsOf, type Recording, Recordings, rowOf } from './recordings.js';
import { type Column, Table } from './table.js';

export type SourceKind = 'emodb' | 'folder' | 'model';

export class Source {
  readonly recordings = new Recordings();
  readonly #table = new Table<Recording>(byId('source-table'), 'Labelled recordings');
  readonly #groups = byId('source-groups');
  readonly #summary = byId('source-summary');
  readonly #details = byId<HTMLDetailsElement>('source-details');
  readonly #clear = byId('source-clear');
  readonly #changed: () => void;
  #kind: SourceKind = 'emodb';
  #emodb: readonly string[] = [];
  #sentence = '';

  /** @param changed called when something else is learnt from */
  constructor(changed: () => void, forget: (keys: number[]) => void) {
    this.#changed = changed;
    byId('source').addEventListener('change', ({ target }) => {
      if ((target as HTMLInputElement).name === 'source')
        this.choose((target as HTMLInputElement).value as SourceKind);
    });
    this.#clear.append(
      button('Take these away', () => {
        forget(this.recordings.clear());
        this.#sentence = '';
        this.draw();
        changed();
      }),
    );
    this.draw();
  }

  get kind(): SourceKind {
    return this.#kind;
  }

  choose(kind: SourceKind): void {
    this.#kind = kind;
    for (const radio of byId('source').querySelectorAll<HTMLInputElement>('input[name=source]'))
      radio.checked = radio.value === kind;
    byId('source-folder').hidden = kind !== 'folder';
    byId('source-model').hidden = kind !== 'model';
    this.#changed();
  }

  /** The emotions of EmoDB. */
  setEmodb(emotions: readonly string[]): void {
    this.#emodb = emotions;
    this.#changed();
  }

  showModel({ method, classes, bytes }: ModelInfo, name: string): void {
    byId('model-summary').textContent =
      `${name}: a model of ${method}, ${(bytes / 1e6).toFixed(1)} MB, that knows ${classes.join(', ')}.`;
  }

  /** What names told, the end of a sentence. */
  recognised(sentence: string): void {
    this.#sentence = sentence;
    this.draw();
    this.#changed();
  }

  /** Emotions that can be learnt. */
  get emotions(): string[] {
    if (this.#kind === 'model') return [];
    if (this.#kind === 'emodb') return [...this.#emodb];
    const found = new Set(this.recordings.all.map(({ emotion }) => emotion).filter((one) => one !== null));
    return [...found].sort();
  }

  /** @param men whether only EmoDB's men are learnt from, for they are tried on its women */
  rows(men: boolean): Rows {
    if (this.#kind === 'emodb') return { kind: 'emodb', name: men ? 'men' : 'EmoDB', sex: men ? 'm' : null };
    return { kind: 'files', name: 'your labelled recordings', rows: this.recordings.ready.map(rowOf) };
  }

  draw(): void {
    const all = this.recordings.all;
    const there = all.length > 0;
    this.#details.hidden = !there;
    this.#clear.hidden = !there;
    this.#table.show(all, this.#columns);
    const groups = countsOf(all.map(({ group }) => group));
    this.#groups.replaceChildren(...groups.map(([group, count]) => this.#group(group, count)));
    this.drawSummary();
  }

  /** Files that are under way, without what may just be typed in. */
  refresh(recordings: Iterable<Recording>): void {
    this.#table.refresh(recordings);
    this.drawSummary();
  }

  drawSummary(): void {
    const all = this.recordings.all;
    if (all.length === 0) return this.#summary.replaceChildren();
    const failed = all.filter(({ stage }) => stage === 'failed').length;
    const without = all.filter(({ emotion }) => emotion === null).length;
    const counts = countsOf(all.flatMap(({ emotion }) => emotion ?? []));
    const words = [
      `${counted(all.length, 'recording')}: what was dropped ${this.#sentence}.`,
      without > 0 ? `${without} without an emotion are left out.` : '',
      failed > 0 ? `${failed} cannot be read.` : '',
    ];
    this.#summary.replaceChildren(
      `${words.filter((word) => word !== '').join(' ')} `,
      ...counts.flatMap(([emotion, count]) => [emotionWord(emotion), ` ${count}  `]),
    );
  }

  /** All recordings of a group get an emotion at once. */
  #group(group: string, count: number): HTMLElement {
    const own = this.recordings.all.filter((one) => one.group === group);
    const emotions = new Set(own.map(({ emotion }) => emotion));
    const [only] = emotions;
    const name = group === '' ? 'without a folder' : group;
    const field = this.#emotionField(
      `Emotion of ${name}`,
      emotions.size === 1 ? only : null,
      emotions.size > 1 ? 'several' : 'none: left out',
      (emotion) => {
        for (const one of own) one.emotion = emotion;
        this.draw();
      },
    );
    return element(
      'div',
      { class: 'group' },
      element('span', {}, element('b', {}, name), ` ${counted(count, 'file')}`),
      field,
    );
  }

  #emotionField(
    label: string,
    emotion: string | null,
    placeholder: string,
    set: (emotion: string | null) => void,
  ): HTMLInputElement {
    const field = element('input', {
      type: 'text',
      list: 'emotion-words',
      'aria-label': label,
      placeholder,
      autocomplete: 'off',
      spellcheck: 'false',
    });
    field.value = emotion ?? '';
    field.addEventListener('change', () => {
      const word = field.value.trim().toLowerCase();
      set(word === '' ? null : word);
      this.#changed();
    });
    return field;
  }

  readonly #columns: readonly Column<Recording>[] = [
    {
      id: 'name',
      head: 'Recording',
      names: true,
      cell: ({ name, sentence }) =>
        element('span', {}, name, sentence === null ? null : element('span', { class: 'problem' }, sentence)),
      sort: ({ name }) => name,
    },
    {
      id: 'label',
      head: 'Emotion',
      cell: (recording) =>
        this.#emotionField(`Emotion of ${recording.name}`, recording.emotion, 'none', (emotion) => {
          recording.emotion = emotion;
          this.draw();
        }),
      sort: ({ emotion }) => emotion,
    },
    { id: 'speaker', head: 'Speaker', cell: ({ speaker }) => speaker ?? '', sort: ({ speaker }) => speaker },
    {
      id: 'stage',
      head: 'Features',
      cell: ({ stage, share, name }) =>
        stage === 'extracting'
          ? element('progress', { max: 1, value: share, 'aria-label': `Features of ${name}` })
          : { waiting: 'waiting', ready: 'ready', failed: 'none' }[stage],
      sort: ({ stage }) => stage,
    },
  ];
}
