// Results as CSV: a line a scheme and method, for spreadsheets and scripts.
import { formatCsvLine } from '../../io/index.js';
import type { Results, Significance } from '../results/index.js';

/**
 * Fractions, not percent. Columns of what was not computed are empty. A text that a spreadsheet would take for a
 * formula gets an apostrophe before it.
 */
export function csvReport(
  { criterion, schemes, entries }: Results,
  significance: Significance | null,
): string {
  const fields = [
    ...['scheme', 'source', 'target', 'method', 'selection', 'uar', 'uar_deviation', 'war', 'war_deviation'],
    ...['seeds', 'configurations', 'failed', 'parameters', 'options'],
    ...['reference', 'reference_minus_this', 'low', 'high', 'p', 'p_corrected'],
  ];
  const data = schemes.flatMap(({ scheme, source, target }, i) =>
    entries[i].flatMap((entry) => {
      if (entry === null) return [];
      const { method, chosen, searched, failed } = entry;
      const found = significance?.comparisons.find((one) => one.scheme === scheme && one.method === method);
      return [
        [
          ...[
            scheme,
            source.name,
            target.name,
            method,
            criterion === 'target' ? 'target (oracle)' : criterion,
          ],
          ...[chosen?.uar.mean, chosen?.uar.deviation, chosen?.war.mean, chosen?.war.deviation],
          ...[chosen?.runs.length ?? 0, searched, failed],
          ...(chosen ? [JSON.stringify(chosen.varied), JSON.stringify(chosen.options)] : ['', '']),
          ...(found
            ? [significance?.reference, found.difference, found.low, found.high, found.p, found.corrected]
            : []),
        ],
      ];
    }),
  );
  const line = (cells: readonly (string | number | null | undefined)[]): string =>
    formatCsvLine(
      fields.map((_, j) => (typeof cells[j] === 'string' ? noFormula(cells[j]) : String(cells[j] ?? ''))),
    );
  return [fields, ...data].map((cells) => `${line(cells)}\n`).join('');
}

const noFormula = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
