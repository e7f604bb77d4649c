/**
 * Figures on Node, which has no document: loaded when a figure is asked for, with the libraries that draw it.
 *
 * @module
 */
import { parseHTML } from 'linkedom';
import type { Report } from '../experiment/report/report.js';
import type { Results } from '../experiment/results.js';
import { figuresOf } from '../plot/figures.js';
import { pageOf } from '../plot/page.js';

export const newDocument = (): Document => parseHTML('<!doctype html><html><body></body></html>').document;

export function htmlReport(results: Results, report: Report): Promise<string> {
  return pageOf(report, figuresOf(newDocument(), results));
}
