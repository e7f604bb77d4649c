/**
 * A table that can be sorted and shows a page of its rows at a time.
 *
 * @module
 */
import { button, element } from './element.js';
import { Slices } from './slices.js';

export interface Column<R> {
  readonly id: string;
  readonly head: string;
  /** Name for those who hear the page, where the head is only a sign. */
  readonly spoken?: string;
  cell(row: R): Node | string;
  /** What it is sorted by; null comes last. Default: it is not. */
  sort?(row: R): string | number | null;
  /** The cell names its row. */
  readonly names?: boolean;
}

/** Rows that are shown at first, and with each "more". */
const PAGE = 50;

type Order = { readonly id: string; readonly down: boolean } | null;

export class Table<R extends { readonly key: number }> {
  readonly #body = element('tbody');
  readonly #head = element('tr');
  readonly #more = button('', () => this.#showMore(), { class: 'more' });
  readonly #slices = new Slices();
  readonly #shown = new Map<number, HTMLTableRowElement>();
  #columns: readonly Column<R>[] = [];
  #rows: readonly R[] = [];
  #order: Order = null;
  #limit = PAGE;

  /** @param host what it is put into */
  constructor(host: HTMLElement, caption: string) {
    host.append(
      element(
        'div',
        { class: 'wide', role: 'region', tabindex: 0, 'aria-label': caption },
        element(
          'table',
          {},
          element('caption', { class: 'unseen' }, caption),
          element('thead', {}, this.#head),
          this.#body,
        ),
      ),
      this.#more,
    );
  }

  /** Shows other rows, or other columns of them. */
  show(rows: readonly R[], columns: readonly Column<R>[]): void {
    this.#rows = rows;
    if (rows.length <= PAGE) this.#limit = PAGE;
    if (columns !== this.#columns) {
      this.#columns = columns;
      this.#drawHead();
    }
    this.#draw();
  }

  /** Draws rows anew whose content has changed; those that are not shown are left alone. */
  refresh(rows: Iterable<R>): void {
    for (const row of rows) {
      const line = this.#shown.get(row.key);
      if (line !== undefined) replaceCells(line, this.#cells(row));
    }
  }

  #drawHead(): void {
    const heads = this.#columns.map((column) => {
      const { id, head, spoken, sort } = column;
      if (sort === undefined)
        return element(
          'th',
          { scope: 'col', class: id },
          spoken === undefined ? head : element('span', { class: 'unseen' }, spoken),
        );
      const sorted = this.#order?.id === id ? (this.#order.down ? 'descending' : 'ascending') : 'none';
      const press = button(head, () => this.#sortBy(id), { class: 'sort' });
      return element('th', { scope: 'col', class: id, 'aria-sort': sorted }, press);
    });
    this.#head.replaceChildren(...heads);
  }

  /** Ascending, descending, as they came. */
  #sortBy(id: string): void {
    if (this.#order?.id !== id) this.#order = { id, down: false };
    else this.#order = this.#order.down ? null : { id, down: true };
    const pressed = this.#columns.findIndex((column) => column.id === id);
    this.#drawHead();
    this.#head.children[pressed].querySelector('button')?.focus();
    this.#draw();
  }

  #sorted(): readonly R[] {
    const by = this.#columns.find(({ id }) => id === this.#order?.id)?.sort;
    if (by === undefined) return this.#rows;
    const sign = this.#order?.down === true ? -1 : 1;
    const keyed = this.#rows.map((row) => ({ row, value: by(row) }));
    keyed.sort(({ value: a }, { value: b }) => {
      if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
      return a < b ? -sign : a > b ? sign : 0;
    });
    return keyed.map(({ row }) => row);
  }

  #showMore(): void {
    this.#limit += PAGE;
    this.#draw();
  }

  #draw(): void {
    const rows = this.#sorted();
    const page = rows.slice(0, this.#limit);
    const hidden = rows.length - page.length;
    this.#more.hidden = hidden === 0;
    this.#more.textContent = `Show ${Math.min(PAGE, hidden)} more of ${rows.length}`;
    void this.#slices.run(this.#steps(page));
  }

  *#steps(page: readonly R[]): Generator<void, void> {
    const wanted = new Set(page.map(({ key }) => key));
    for (const [key, line] of this.#shown)
      if (!wanted.has(key)) {
        line.remove();
        this.#shown.delete(key);
      }
    let at: ChildNode | null = this.#body.firstChild;
    for (const row of page) {
      let line = this.#shown.get(row.key);
      if (line === undefined) {
        line = element('tr');
        this.#shown.set(row.key, line);
      }
      replaceCells(line, this.#cells(row));
      if (line === at) at = line.nextSibling;
      else this.#body.insertBefore(line, at);
      yield;
    }
  }

  #cells(row: R): HTMLTableCellElement[] {
    return this.#columns.map((column) =>
      column.names === true
        ? element('th', { scope: 'row', class: column.id }, column.cell(row))
        : element('td', { class: column.id }, column.cell(row)),
    );
  }
}

/** New cells in place of old ones; what somebody types in stays, and a button that was just pressed keeps the focus. */
function replaceCells(line: HTMLTableRowElement, cells: readonly HTMLTableCellElement[]): void {
  const active = document.activeElement;
  const at = [...line.cells].findIndex((cell) => cell.contains(active));
  const kept = at >= 0 && active instanceof HTMLInputElement ? line.cells[at] : null;
  line.replaceChildren(...cells.map((cell, i) => (i === at && kept !== null ? kept : cell)));
  if (at >= 0) (active instanceof HTMLInputElement ? active : cells[at].querySelector('button'))?.focus();
}
