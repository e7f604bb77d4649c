/**
 * What a method says of itself: one object in the first file of its folder, one line in js/methods/registry.ts. Tables,
 * sweeps, progress, the fixed fits and the tests of the contract read it there, and keep no list of methods themselves.
 *
 * @module
 */
import type { Method } from './method.js';

/** Values of options, in order; each option by its name. */
export type SearchedValues = Readonly<Record<string, readonly (number | string)[]>>;

/** What the tests of the contract must know of a method. */
export interface Traits<O extends object = object> {
  /** Options that scale it down, so that a fit takes milliseconds. Default: none. */
  readonly small?: Partial<O>;
  /** Whether its result depends on the seed. Default false. */
  readonly draws?: boolean;
  /** Whether it codes the features by dictionaries, in trials, as SATNMF does. Default false. */
  readonly factorizes?: boolean;
  /** Whether it learns from the target too; with too small a target the base SVM stands in for it. Default true. */
  readonly adapts?: boolean;
  /** Whether it learns from emotions of the target that are known (`Task.known`); others refuse them. Default false. */
  readonly usesKnown?: boolean;
  /**
   * Whether it scales features in its own way and has no base SVM: no `preset`, `normalize`, `svm` and `bias` among its
   * options. Default false.
   */
  readonly scalesItself?: boolean;
  /** Whether it says of the rows of its target what it would say of them as new recordings. Default true. */
  readonly inductive?: boolean;
}

/** A method, and what the rest of the package must know of it. `N`: its name; `O`: its options. */
export interface Declaration<N extends string = string, O extends object = object> {
  /** As the command line and model files spell it. */
  readonly name: N;
  /** As its authors write it: in tables, figures and reports. */
  readonly label: string;
  /** Makes the method; options that are left out have their defaults. */
  make(options?: Partial<O>): Method<O>;
  /** Values that sweeps try: those of Luo & Han 2019, §3, unless they are marked "ours". */
  readonly searched: SearchedValues;
  /**
   * Work of its long phases in their order, each by the name that its progress reports have. Counted in multiply–adds
   * for each of the `rows` x features values of both corpora, if every iteration is run. The Gram matrix, which all
   * methods begin with, is not in it. Default: there are no others.
   */
  work?(options: Readonly<O>, rows: number): Readonly<Record<string, number>>;
  /** Options of its part of the fixed fit (js/experiment/digest/): small, so that it takes a tenth of a second. */
  readonly digest: Partial<O>;
  /** Default: it adapts, draws nothing, and is inductive. */
  readonly traits?: Traits<O>;
}
