/**
 * Progress on stderr: one bar with its remaining time on a terminal, a line every 10 % elsewhere.
 *
 * @module
 */
import { SingleBar } from 'cli-progress';
import type { Progress } from '../../contract/index.js';
import type { FitWork } from '../../methods/index.js';
import type { Screen } from './screen.js';

/** Part of a fit that is done, in [0, 1]. */
export function partDone(
  { phase, trial, trials, iteration, iterations }: Progress,
  { start, stages, trialsOfRound = trials, workers }: Omit<FitWork, 'name' | 'total'>,
): number {
  const within = iterations > 0 ? iteration / iterations : 0;
  if (!Object.hasOwn(stages, phase)) return (phase === 'base svm' ? 0 : 0.5) * start + 0.5 * start * within;
  const [from, to] = stages[phase];
  // A batch is as wide as those of its round before it; the first one is all of the round, as it nearly always is.
  const before = trial % trialsOfRound;
  const usual = before === 0 ? trialsOfRound : before;
  const width = Math.min(workers ?? usual, trialsOfRound - before, trials - trial);
  return from + (to - from) * ((trial + width * within) / trials);
}

/** `satnmf: factorize, iteration 33 of 100`; on workers, whose trials differ in that, `3 of 8 trials done` */
function phrase(
  { name, workers }: FitWork,
  { phase, trial, trials, iteration, iterations }: Progress,
): string {
  if (workers !== undefined && phase === 'factorize')
    return `${name}: ${phase}, ${trial} of ${trials} trials done`;
  return `${name}: ${phase}${iterations > 1 ? `, iteration ${iteration} of ${iterations}` : ''}`;
}

/** `12 s`, `3 min 5 s`, `2 h 10 min` */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Progress of a list of fits, done one after the other or beside each other. */
export interface ProgressDisplay {
  /** Receives the reports of fit `index`. */
  of(index: number): (progress: Progress) => void;
  /** Fit `index` has ended. */
  done(index: number): void;
  /** Takes the bar off the screen; also after a failure. */
  end(): void;
}

interface View {
  /** `part` in [0, 1] never falls. */
  show(part: number, what: string): void;
  end(): void;
}

/**
 * A bar that redraws in place. It leaves the state of the terminal alone, so a killed process breaks
 * nothing.
 */
function barView({ stderr }: Screen): View {
  const bar = new SingleBar({
    format: '{bar} {percentage} %, {left}{what}',
    barsize: 24,
    stream: stderr,
    linewrap: true,
    clearOnComplete: true,
  });
  const began = performance.now();
  bar.start(1, 0, { left: '', what: 'starting' });
  return {
    show(part, what) {
      const seconds = ((performance.now() - began) / 1000) * ((1 - part) / part);
      bar.update(part, { what, left: part > 0.02 ? `${duration(seconds)} left, ` : '' });
    },
    end: () => bar.stop(),
  };
}

function lineView({ note }: Screen): View {
  const began = performance.now();
  let tenths = 0;
  return {
    show(part, what) {
      const reached = Math.floor(part * 10 + 1e-9);
      if (reached <= tenths) return;
      tenths = reached;
      const seconds = ((performance.now() - began) / 1000) * ((1 - part) / part);
      note(
        `${String(reached * 10).padStart(3)} %${reached < 10 ? `, about ${duration(seconds)} left` : ''}, ${what}`,
      );
    },
    end: () => undefined,
  };
}

function viewOf(screen: Screen): View {
  if (screen.quiet) return { show: () => undefined, end: () => undefined };
  return screen.stderr.isTTY === true ? barView(screen) : lineView(screen);
}

/** Progress of things that are counted. */
export interface CountDisplay {
  show(done: number, what: string): void;
  /** Takes the bar off the screen; also after a failure. */
  end(): void;
}

/** Progress of `total` things that take about the same time each. */
export function showCount(screen: Screen, total: number): CountDisplay {
  const { show, end } = showWork(screen, total);
  return { show: (done, what) => show(done, `${done} of ${total}, ${what}`), end };
}

/** Progress of `total` units of work, done in pieces of different size. */
export function showWork(screen: Screen, total: number): CountDisplay {
  const view = viewOf(screen);
  return { show: (done, what) => view.show(done / total, what), end: () => view.end() };
}

export function showProgress(screen: Screen, fits: readonly FitWork[]): ProgressDisplay {
  const view = viewOf(screen);
  const total = fits.reduce((sum, fit) => sum + fit.total, 0);
  const parts = fits.map(() => 0);
  const show = (index: number, part: number, what: string): void => {
    parts[index] = Math.max(parts[index], part);
    const shown = fits.reduce((sum, fit, i) => sum + fit.total * parts[i], 0) / total;
    view.show(shown, what);
  };
  return {
    of: (index) => (progress) =>
      // What follows the last iteration takes its time too: 100 % means done.
      show(index, Math.min(0.99, partDone(progress, fits[index])), phrase(fits[index], progress)),
    done: (index) => show(index, 1, `${fits[index].name}: done`),
    end: () => view.end(),
  };
}
