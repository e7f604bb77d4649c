/**
 * The figure of docs/benchmarks.md: every row that has a target, as a bar from the target's line.
 */
import type { Report } from '../harness.js';
import { figure, NOT_MEASURED, type Row, standing } from '../rows.js';

const WIDTH = 1080;
const LABELS = 510;
const PLOT = 330;
const LINE = 20;
/** The axis goes from a quarter of what is asked to sixteen times that. */
const AXIS = { low: 0.25, high: 16, ticks: [0.25, 0.5, 1, 2, 4, 8, 16] };
const LONGEST_NAME = 72;

/** Colours of both schemes; shapes and words say the same, for whoever does not see them. */
const STYLE = `
  text { font: 12px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328; }
  .head { font-weight: 600; }
  .quiet { fill: #59636e; }
  .grid { stroke: #d1d9e0; }
  .target { stroke: #1f2328; stroke-width: 1.5; }
  .goal { stroke: #1f2328; stroke-width: 2; stroke-dasharray: 3 2; }
  .met { fill: #2f7fc1; }
  .short { fill: #c8641b; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .quiet { fill: #9198a1; }
    .grid { stroke: #3d444d; }
    .target { stroke: #e6edf3; }
    .goal { stroke: #e6edf3; }
    .met { fill: #58a6e6; }
    .short { fill: #ef9045; }
  }
`;

export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Where a multiple of the target lies, in pixels; clipped to the axis. */
function across(times: number): number {
  const { low, high } = AXIS;
  const part = Math.log(Math.min(high, Math.max(low, times)) / low) / Math.log(high / low);
  return Math.round(10 * (LABELS + part * PLOT)) / 10;
}

const text = (x: number, y: number, content: string, more = ''): string =>
  `<text x="${x}" y="${y}"${more}>${escaped(content)}</text>`;

function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}

/** Label, bar, the goal's mark and the figure of one row, at height y. */
function bar(one: Row, y: number): string[] {
  const { name, value, unit, ratio, target, met } = one;
  const label = text(LABELS - 10, y + 14, shortened(name), ' text-anchor="end"');
  const end = LABELS + PLOT + 10;
  if (value === NOT_MEASURED || met === null)
    return [label, text(end, y + 14, `${NOT_MEASURED} (${target})`, ' class="quiet"')];
  const [from, to] = [across(1), across(standing(one, target))];
  const parts = [
    label,
    `<rect x="${Math.min(from, to)}" y="${y + 4}" width="${Math.max(2, Math.abs(to - from)).toFixed(1)}" height="12" class="${met ? 'met' : 'short'}"/>`,
  ];
  if (one.goal !== '') {
    // The goal asks more than the target: where it lies, in multiples of the target.
    const at = across(standing(one, target) / standing(one, one.goal));
    parts.push(`<line x1="${at}" x2="${at}" y1="${y + 2}" y2="${y + 18}" class="goal"/>`);
  }
  const measured = ratio === null ? `${figure(value)} ${unit}`.trim() : figure(ratio);
  parts.push(text(end, y + 14, `${met ? '✓' : '✗'} ${shortUnit(measured)} (${target})`));
  return parts;
}

/** Room is short beside the bars. */
function shortUnit(measured: string): string {
  return measured.replace(' CPU a second of audio', '').replace(' off theory', '');
}

/** An SVG that reads in light and in dark. */
export function svg(reports: readonly Report[]): string {
  const body: string[] = [];
  let y = 56;
  for (const { subject, rows } of reports) {
    const asked = rows.filter(({ target }) => target !== '');
    if (asked.length === 0) continue;
    body.push(text(10, y + 14, subject, ' class="head"'));
    y += LINE;
    for (const one of asked) {
      body.push(...bar(one, y));
      y += LINE;
    }
    y += 8;
  }
  const bottom = y;
  const grid = AXIS.ticks.flatMap((tick) => {
    const x = across(tick);
    const name = tick === 1 ? 'target' : tick < 1 ? `1/${1 / tick}` : `${tick}x`;
    return [
      `<line x1="${x}" x2="${x}" y1="48" y2="${bottom}" class="${tick === 1 ? 'target' : 'grid'}"/>`,
      text(x, 42, name, ` text-anchor="middle" class="${tick === 1 ? 'head' : 'quiet'}"`),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 10}" width="${WIDTH}" height="${bottom + 10}" role="img" aria-labelledby="title">`,
    '<title id="title">Benchmarks against their targets</title>',
    `<style>${STYLE}</style>`,
    text(10, 20, 'How much better (right) or worse (left) than its target each figure is'),
    text(LABELS + PLOT + 10, 20, 'dashed: goal', ' class="quiet"'),
    ...grid,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}
