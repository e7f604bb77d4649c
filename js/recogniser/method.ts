/**
 * What `linear` and `self-training` have in common: check the task, get weights, adapt them or not, and make a Model of
 * them (docs/recogniser.md). A method is a {@link Recogniser}; `recogniserMethod` makes the {@link Method} of it.
 *
 * @module
 */
import { type FitOptions, type Method, type Model, sourcesOf, type Task } from '../contract/index.js';
import { type Core, sharedCore } from '../core/index.js';
import { checkSomeFeatures, knownClasses, targetOf } from '../learn/fit/index.js';
import { AdaptedModel, classify, linearClassifier } from '../learn/model/index.js';
import { decide, type LinearSvm } from '../learn/svm/index.js';
import {
  checkColumns,
  checkFinite,
  checkKeys,
  checkNumber,
  checkRows,
  classesOf,
  classesOfSources,
  classIndices,
  type Corpus,
  corpus,
  matrix,
  selectRows,
} from '../data/index.js';
import { forgetSpeakers } from '../data/scaling/index.js';
import { SatnmfError } from '../errors.js';
import {
  adapt,
  ADAPTATION,
  type AdaptationSettings,
  type LabelledBeside,
  learnAround,
} from './adaptation.js';
import { contentOrder } from './content-order.js';
import { adviceOn, explanationOf, LEAST_ROWS } from './explanation.js';
import { LEAST_RIDGE, ridgeBytes } from './gram.js';
import { finish } from './running.js';
import { scaleSource, scaleTarget } from './scaling.js';
import { trainOn } from './train.js';
import { trainedWeights } from './weights/trained-weights.js';
import { concatenated, type LinearWeights, sampleWeights, weightedRows } from './training.js';
import type { WeightsParts } from './weights/parts.js';

/** What both methods can be told. */
export interface RecogniserOptions {
  /**
   * λ ≥ 0 of the ridge regression that trains weights on sources; counts as at least 1e-6. Weights that are given were
   * trained before. Default 3.
   */
  ridge: number;
  /** λ ≥ 0 of the correction of weights, by adaptation and by sources beside them; at least 1e-6. Default 1. */
  correction: number;
}

/** A check of each option: passes a good value through, refuses others by a sentence. */
type Checks<O> = { readonly [K in keyof O]: (name: string, value: unknown) => O[K] };

const checkRidge = (name: string, value: unknown): number => checkNumber(name, value, { min: 0, max: 1e12 });

export const RECOGNISER_DEFAULTS: RecogniserOptions = { ridge: 3, correction: ADAPTATION.correction };
export const RECOGNISER_CHECKS: Checks<RecogniserOptions> = { ridge: checkRidge, correction: checkRidge };

/** What tells one method from the other. */
export interface Recogniser<O extends RecogniserOptions> {
  /** As the command line spells it. */
  readonly name: string;
  readonly defaults: Readonly<O>;
  readonly checks: Checks<O>;
  /** How it adapts; null: not at all. */
  adaptation(options: Readonly<O>): AdaptationSettings | null;
}

/** The factory of a method. */
export function recogniserMethod<O extends RecogniserOptions>(
  recogniser: Recogniser<O>,
): (given?: Partial<O>) => Method<O> {
  const { name, defaults, checks } = recogniser;
  const make = (given: Partial<O> = {}): Method<O> => {
    checkKeys(name, given, Object.keys(checks));
    const options: O = { ...defaults };
    for (const key of Object.keys(given) as (keyof O & string)[])
      if (given[key] !== undefined) options[key] = checks[key](key, given[key]);
    return Object.freeze({
      name,
      options: Object.freeze(options),
      with: (change: Partial<O>) => make({ ...options, ...change }),
      fit: (task: Task, how?: FitOptions) => fit(recogniser, options, task, how),
    });
  };
  return make;
}

/** A task that was checked. */
interface CheckedTask {
  readonly weights: WeightsParts | null;
  readonly sources: readonly Corpus[];
  readonly target: Corpus;
  /** Class of each row of the target whose emotion may be used, −1 elsewhere; null: none may. */
  readonly known: Int32Array | null;
}

/** @param uses whether the method uses emotions of the target that are known */
function checkTask(task: Task, uses: boolean): CheckedTask {
  const weights = task?.weights === undefined ? null : trainedWeights(task.weights).parts;
  const sources = sourcesOf(task ?? {}).map((source) => corpus(source));
  if (weights === null && sources.length === 0)
    throw new SatnmfError(
      'bad-argument',
      'a task needs something to learn from: "source" (labelled corpora), "weights" (trained before), or both',
      { argument: 'source', expected: 'a corpus, or weights' },
    );
  const target = weights === null ? targetOf(task.target) : checkedTarget(task.target, weights);
  for (const source of sources) {
    checkColumns(source, target);
    checkSomeFeatures(source);
    checkRows(source, 1);
    checkFinite(source);
  }
  checkSomeFeatures(target);
  checkRows(target, 1);
  checkFinite(target);
  const known = knownClasses(task, target, weights?.classes ?? classesOfSources(sources));
  if (!uses && known !== null)
    throw new SatnmfError(
      'unsupported',
      '"known": linear cannot use emotions of the target; self-training and satnmf can',
      { argument: 'known', expected: 'nothing' },
    );
  return { weights, sources, target, known };
}

/**
 * A target that weights can answer.
 *
 * @throws {SatnmfError} `bad-argument`: no corpus; `shape-mismatch`: other features than those of the weights;
 *   `too-few-rows`: no rows; `not-finite`
 */
export function checkedTarget(given: Task['target'], { name, columns }: WeightsParts): Corpus {
  const target = targetOf(given);
  checkColumns({ name, columns, features: matrix(0, columns.length) }, target);
  checkRows(target, 1);
  checkFinite(target);
  return target;
}

/** The weights as a classifier of scaled rows: f is in it. */
export function classifierOf({ featureWeights: f, weights, bias }: LinearWeights): LinearSvm {
  const [d, K] = [f.length, bias.length];
  const vectors = new Float64Array(K * d);
  for (let k = 0; k < K; k++) for (let j = 0; j < d; j++) vectors[k * d + j] = f[j] * weights[j * K + k];
  return linearClassifier(vectors, bias, K);
}

async function fit<O extends RecogniserOptions>(
  recogniser: Recogniser<O>,
  options: Readonly<O>,
  task: Task,
  how: FitOptions = {},
): Promise<Model> {
  how.signal?.throwIfAborted();
  const core = how.core ?? (await sharedCore());
  const checked = checkTask(task, recogniser.adaptation(options) !== null);
  how.shared?.check(task, core);
  const run = async (): Promise<Model> => {
    const report = (phase: string, iteration: number, iterations: number): void =>
      how.onProgress?.({ phase, trial: 0, trials: 1, iteration, iterations });
    return finish(recognise(core, recogniser, options, checked, report), how.signal);
  };
  return how.shared === undefined ? core.exclusive(run) : core.within(run);
}

type Report = (phase: string, iteration: number, iterations: number) => void;

/** The whole of a fit; pauses after some milliseconds of work. */
function* recognise<O extends RecogniserOptions>(
  core: Core,
  recogniser: Recogniser<O>,
  options: Readonly<O>,
  { weights: given, sources, target, known }: CheckedTask,
  report: Report,
): Generator<undefined, Model> {
  const m = target.features.rows;
  const correction = Math.max(options.correction, LEAST_RIDGE);
  const settings = recogniser.adaptation({ ...options, correction });
  const adapts = settings !== null && (m >= LEAST_ROWS || known !== null);
  core.reserve(bytesOf(given, sources, adapts ? target : null), 'This fit');
  const warnings: string[] = [];
  const weights = given ?? (yield* trainedOn(core, sources, options.ridge, report));
  const { classes, columns, linear, sharpness } = weights;
  const speakers = target.speaker.map((name, i) => `${name ?? ''}\t${classes[known?.[i] ?? -1] ?? ''}`);
  const order = contentOrder(target.features, speakers);
  const scaled = scaleTarget(target, weights.pool, order);
  yield;
  const own = classifierOf(linear);
  const first = decide(own, scaled.rows.data);
  const labelled = given === null || sources.length === 0 ? null : joined(given, own, sources, warnings);
  let learnt: Pick<LinearWeights, 'weights' | 'bias'> = linear;
  let part = 0;
  if (adapts) {
    report('adaptation', 0, 1);
    const rows = weightedRows([scaled.rows], linear.featureWeights);
    const decided = { rows, first: first.margins, order };
    const taught = known ?? new Int32Array(m).fill(-1);
    const adapted = yield* adapt(core, linear, decided, taught, settings, labelled ?? undefined);
    learnt = adapted.weights;
    part = adapted.part;
    report('adaptation', 1, 1);
  } else if (labelled !== null) learnt = yield* learnAround(core, linear, labelled, correction);
  const base = learnt === linear ? own : classifierOf({ ...linear, ...learnt });
  const said = decide(base, scaled.rows.data);
  const { emotions, shares, margins } = classify(classes, [said], 'margin');
  const parts = {
    method: recogniser.name,
    options: { ...options },
    classes,
    columns,
    warnings: [...warnings, ...adviceOn(target, scaled)],
    iterations: [],
    // New recordings are of nobody that is known here.
    normalizer: forgetSpeakers(scaled.normalizer),
    base,
    trials: [],
    vote: 'margin' as const,
    fusion: 0,
    sharpness: sharpness.trained + part * (sharpness.adapted - sharpness.trained),
    transductive: false,
    target: { emotions, shares, margins },
  };
  const model = new AdaptedModel(core, { ...parts, explanation: [] });
  const before = classify(classes, [first], 'margin').emotions;
  const told = {
    weights,
    given: given !== null,
    sources,
    target,
    scaled,
    adapts,
    part,
    adapting: settings !== null,
    before,
  };
  return model.with({ explanation: explanationOf(told, model.classify()) });
}

/** Bytes of wasm memory that a fit takes at most. */
function bytesOf(weights: WeightsParts | null, sources: readonly Corpus[], adapted: Corpus | null): number {
  const n = sources.reduce((sum, { emotion }) => sum + emotion.filter((one) => one !== null).length, 0);
  const classes = weights?.classes ?? classesOf(sources.flatMap(({ emotion }) => [...emotion]));
  const bytes = (rows: number): number =>
    rows === 0 ? 0 : ridgeBytes(rows, (weights ?? sources[0]).columns.length, classes.length);
  const m = adapted?.features.rows ?? 0;
  return weights === null ? Math.max(bytes(n), bytes(m)) : bytes(n + m);
}

/** Weights trained on the sources. */
function* trainedOn(
  core: Core,
  sources: readonly Corpus[],
  ridge: number,
  report: Report,
): Generator<undefined, WeightsParts> {
  const name = sources.map((source) => source.name).join(' + ');
  const corpora = sources.map((corpus) => ({ corpus }));
  const steps = trainOn(core, corpora, name, ridge);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (step.value !== undefined) report(step.value.phase, step.value.done, step.value.all);
    yield;
  }
}

/** Rows of the sources that have an emotion of the weights, scaled as training corpora are. */
function joined(
  { classes, linear, name }: WeightsParts,
  own: LinearSvm,
  sources: readonly Corpus[],
  warnings: string[],
): LabelledBeside | null {
  const parts = sources.flatMap((source) => {
    const others = classesOf(source.emotion).filter((emotion) => !classes.includes(emotion));
    const rows = [...source.emotion.keys()].filter((i) => classes.includes(source.emotion[i] ?? ''));
    const left = source.emotion.filter((emotion) => emotion !== null).length - rows.length;
    if (left > 0)
      warnings.push(
        `${left} rows of ${source.name} are not used: the weights "${name}" do not answer ${others.join(', ')}`,
      );
    if (rows.length === 0) return [];
    const labels = classIndices(
      rows.map((i) => source.emotion[i]),
      classes,
    );
    return [{ rows: selectRows(scaleSource(source).rows, rows), labels }];
  });
  if (parts.length === 0) return null;
  const scaled = concatenated(parts.map(({ rows }) => rows));
  return {
    rows: weightedRows([scaled], linear.featureWeights),
    first: decide(own, scaled.data).margins,
    order: Int32Array.from({ length: scaled.rows }, (_, i) => i),
    labels: Int32Array.from(parts.flatMap(({ labels }) => [...labels])),
    weights: sampleWeights(parts, classes.length, 'masked'),
  };
}
