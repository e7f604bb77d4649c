/**
 * Progress on stderr: one bar with its remaining time on a terminal, a line every 10 % elsewhere.
 *
 * @module
 */
import { SingleBar } from 'cli-progress';
import type { Method, Progress } from '../../contract/method.js';
import type { Screen } from './screen.js';

/** One fit of a run: how long it takes relative to the others, and how much of it is not the iteration. */
export interface Job {
  readonly name: string;
  readonly work: number;
  /** Part of the fit in [0, 1] before its iteration begins. */
  readonly start: number;
  /** Trials of a round, if there are several rounds: each begins when the one before is over. */
  readonly trialsOfRound?: number;
  /** Workers that its trials are spread over, if there are several of both. */
  readonly workers?: number;
  /** From where to where in the fit a phase goes, for methods that have several long ones. */
  readonly stages?: Readonly<Record<string, readonly [from: number, to: number]>>;
}

type Numbers = Readonly<Record<string, number | undefined>>;

/** Features over which the work of a network's upper layers is counted: those of the extractor. */
const FEATURES = 6373;

/** Work of the phases of a network, in their order (js/methods/dbn/dbn.ts); half of the rows are taken for the source's. */
function networkPhases({ units1, units2, units3, epochs, tuningEpochs }: Numbers): [string, number][] {
  if (units1 === undefined || units2 === undefined || units3 === undefined) return [];
  const products = [units1, (units1 * units2) / FEATURES, (units2 * units3) / FEATURES];
  const [first, second, third] = products;
  const tuning = (1 / 2) * (tuningEpochs ?? 0) * (2 * first + 3 * (second + third));
  return [
    ...products.map((product, l): [string, number] => [`layer ${l + 1}`, 5 * product * (epochs ?? 0)]),
    ['fine-tuning', tuning],
  ];
}

/**
 * Work of methods that solve systems of N utterances in float64, as measured on 958 of them (ours): so many Gram
 * matrices of float32, a layer of msda or the whole.
 */
const DENSE: Readonly<Record<string, number | undefined>> = { msda: 5.4, fstsl: 60, dosl: 6.5 };

/** What a fit of a method costs, in multiply–adds over d·N: enough for a remaining time that is about right. */
export function jobOf({ name, options }: Method, N: number, workers = 1): Job {
  const numbers = options as Numbers;
  const { r = 0, trials = 0, rounds = 1, maxIterations = 0, layers = 1 } = numbers;
  const phases = networkPhases(numbers);
  const dense = (DENSE[name] ?? 0) * layers * N;
  // The Gram matrix, and two products with X an iteration.
  const [start, iteration] = [N, 2 * r * trials * rounds * maxIterations];
  const work = phases.reduce((sum, [, more]) => sum + more, start + dense + iteration);
  const job = { name, work, start: start / work, ...(rounds > 1 && { trialsOfRound: trials }) };
  if (phases.length > 0) {
    let done = start;
    const stages = phases.map(([phase, more]) => [phase, [done / work, (done += more) / work]] as const);
    return { ...job, stages: Object.fromEntries(stages) };
  }
  return workers > 1 && trials > 1 ? { ...job, workers } : job;
}

/** Part of a fit that is done, in [0, 1]. */
export function partDone(
  { phase, trial, trials, iteration, iterations }: Progress,
  {
    start,
    trialsOfRound = trials,
    workers,
    stages = {},
  }: Pick<Job, 'start' | 'trialsOfRound' | 'workers' | 'stages'>,
): number {
  const within = iterations > 0 ? iteration / iterations : 0;
  if (Object.hasOwn(stages, phase)) return stages[phase][0] + within * (stages[phase][1] - stages[phase][0]);
  if (phase !== 'factorize') return (phase === 'base svm' ? 0 : 0.5) * start + 0.5 * start * within;
  // A batch is as wide as those of its round before it; the first one is all of the round, as it nearly always is.
  const before = trial % trialsOfRound;
  const usual = before === 0 ? trialsOfRound : before;
  const width = Math.min(workers ?? usual, trialsOfRound - before, trials - trial);
  return start + (1 - start) * ((trial + width * within) / trials);
}

/** `satnmf: factorize, iteration 33 of 100`; on workers, whose trials differ in that, `3 of 8 trials done` */
function phrase({ name, workers }: Job, { phase, trial, trials, iteration, iterations }: Progress): string {
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

/** Progress of a list of jobs, done one after the other or beside each other. */
export interface ProgressDisplay {
  /** Receives the reports of job `index`. */
  of(index: number): (progress: Progress) => void;
  /** Job `index` has ended. */
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

export function showProgress(screen: Screen, jobs: readonly Job[]): ProgressDisplay {
  const view = viewOf(screen);
  const total = jobs.reduce((sum, { work }) => sum + work, 0);
  const parts = jobs.map(() => 0);
  const show = (index: number, part: number, what: string): void => {
    parts[index] = Math.max(parts[index], part);
    const shown = jobs.reduce((sum, { work }, i) => sum + work * parts[i], 0) / total;
    view.show(shown, what);
  };
  return {
    of: (index) => (progress) =>
      // What follows the last iteration takes its time too: 100 % means done.
      show(index, Math.min(0.99, partDone(progress, jobs[index])), phrase(jobs[index], progress)),
    done: (index) => show(index, 1, `${jobs[index].name}: done`),
    end: () => view.end(),
  };
}
