/**
 * The choice of emotions, preset and parameters.
 *
 * @module
 */
import { type NmfOptions, nmfOptions } from '../../js/learn/nmf/index.js';
import { byId, element } from './element.js';
import { emotionWord } from './palette.js';
import { DEFAULT_PRESET, type Parameter, PARAMETERS, PRESET_CHOICES } from './parameters.js';

export interface Chosen {
  /** Null: all. */
  readonly emotions: readonly string[] | null;
  readonly options: Partial<NmfOptions>;
}

type Field = HTMLInputElement | HTMLSelectElement;

export class Settings {
  readonly #fields = new Map<Parameter['name'], { readonly field: Field; readonly problem: HTMLElement }>();
  readonly #emotions = byId('emotions');
  /** Emotions that were taken out; others of a new source are in. */
  readonly #without = new Set<string>();
  #preset: string = DEFAULT_PRESET;

  /** @param changed called when something else was chosen */
  constructor(changed: () => void) {
    byId('presets').append(
      ...PRESET_CHOICES.map(({ name, about }) => this.#presetChoice(name, about, changed)),
    );
    byId('parameters').append(...PARAMETERS.map((parameter) => this.#parameter(parameter, changed)));
    this.#showDefaults();
    this.#emotions.addEventListener('change', ({ target }) => {
      const { value, checked } = target as HTMLInputElement;
      if (checked) this.#without.delete(value);
      else this.#without.add(value);
      changed();
    });
  }

  /** The emotions that the source has. */
  offer(emotions: readonly string[]): void {
    const boxes = emotions.map((emotion) => {
      const box = element('input', { type: 'checkbox', value: emotion });
      box.checked = !this.#without.has(emotion);
      return element('label', { class: 'chip' }, box, emotionWord(emotion));
    });
    this.#emotions.replaceChildren(
      ...(boxes.length > 0 ? boxes : [element('small', {}, 'They come from the labelled recordings.')]),
    );
  }

  /**
   * What is chosen, checked.
   *
   * @throws {SatnmfError} the library's sentence, which stands beside its field too
   */
  chosen(): Chosen {
    const options: Record<string, unknown> = { preset: this.#preset };
    for (const [name, { field, problem }] of this.#fields) {
      problem.textContent = '';
      field.removeAttribute('aria-invalid');
      const text = field.value.trim();
      if (text === '') continue;
      const value = field instanceof HTMLSelectElement ? text : Number(text.replace(',', '.'));
      try {
        nmfOptions('satnmf', { preset: options['preset'], [name]: value } as Partial<NmfOptions>);
      } catch (error) {
        problem.textContent = (error as Error).message;
        field.setAttribute('aria-invalid', 'true');
        byId<HTMLDetailsElement>('parameters-details').open = true;
        throw error;
      }
      options[name] = value;
    }
    const boxes = [...this.#emotions.querySelectorAll('input')];
    const emotions = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    return { emotions: emotions.length === boxes.length ? null : emotions, options };
  }

  #presetChoice(name: string, about: string, changed: () => void): HTMLElement {
    const radio = element('input', { type: 'radio', name: 'preset', value: name });
    radio.checked = name === this.#preset;
    radio.addEventListener('change', () => {
      this.#preset = name;
      this.#showDefaults();
      changed();
    });
    const words = about === '' ? '' : `: ${about}`;
    const usual = name === DEFAULT_PRESET ? ' (default)' : '';
    return element(
      'label',
      { class: 'choice' },
      radio,
      element('span', {}, element('b', {}, name), usual, words),
    );
  }

  #parameter({ name, label, about, choices }: Parameter, changed: () => void): HTMLElement {
    const id = `parameter-${name}`;
    const described = `${id}-about`;
    const field =
      choices === undefined
        ? element('input', {
            id,
            type: 'text',
            inputmode: 'decimal',
            autocomplete: 'off',
            'aria-describedby': described,
          })
        : element(
            'select',
            { id, 'aria-describedby': described },
            element('option', { value: '' }, ''),
            ...choices.map((choice) => element('option', { value: choice }, choice)),
          );
    field.addEventListener('change', changed);
    const problem = element('span', { class: 'problem', role: 'alert' });
    this.#fields.set(name, { field, problem });
    return element(
      'div',
      { class: 'parameter' },
      element('label', { for: id }, label),
      field,
      element('small', { id: described }, about),
      problem,
    );
  }

  /** Fields that are left empty have the values of the preset. */
  #showDefaults(): void {
    const defaults = nmfOptions('satnmf', { preset: this.#preset } as Partial<NmfOptions>);
    for (const [name, { field }] of this.#fields) {
      const usual = String(defaults[name]);
      if (field instanceof HTMLSelectElement) field.options[0].textContent = `as the preset: ${usual}`;
      else field.placeholder = usual;
    }
  }
}
