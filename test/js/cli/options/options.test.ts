import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { methodsFrom } from '../../../../js/cli/options/options.js';
import { METHOD_NAMES } from '../../../../js/methods/registry.js';
import { captured } from '../captured.js';
import { Folder, smallPair } from '../tables.js';

const folder = new Folder();
let tables: string[];
beforeAll(async () => {
  const { source, target } = await smallPair();
  tables = ['--source', folder.writeTable('a.csv', source), '--target', folder.writeTable('b.csv', target)];
});
afterAll(() => folder.remove());

describe('wrong arguments', () => {
  it.each([
    [['evalute'], "unknown command 'evalute'. Did you mean evaluate? See satnmf --help."],
    [['sweep', 'rum'], "unknown command 'rum'. Did you mean run? See satnmf sweep --help."],
    [['help', 'evalute'], 'there is no command "evalute". Did you mean "evaluate"?'],
    [['help', 'sweep', 'rum'], 'there is no command "rum". Did you mean "run"?'],
    [['evaluate', '--sorce', 'a'], "option '--sorce'. Did you mean --source? See satnmf evaluate --help."],
    [['sweep', 'run', '--shards', '1/2'], 'Did you mean --shard? See satnmf sweep run --help.'],
    [['completion', 'bsh'], 'got "bsh". Did you mean "bash"?'],
    [['extract', 'a', '--level', 'ldd'], 'got "ldd". Did you mean "lld"?'],
    [['report', 'a', '--select', 'traget'], 'got "traget". Did you mean "target"?'],
    [['report', 'a', '--format', 'mardown'], 'got "mardown". Did you mean "markdown"?'],
    [['evaluate', '--source', 'a.csv'], 'evaluate needs --target <table>; see satnmf evaluate --help'],
    [['fit', '--source', 'a.csv', '--target', 'b.csv'], 'fit needs --output <file>'],
    [['predict'], "missing required argument 'inputs'"],
    [['predict', 'a.csv'], 'a.csv: there is no such file'],
    [['predict', 'a.csv', '--model', 'm', '--source', 'a.csv'], 'cannot be used with option'],
    [['predict', 'a.csv', '--model', 'm', '--trials', '3'], 'cannot be used with option'],
    [['fit', '--no-compact', '--max-bytes', '5'], 'cannot be used with option'],
    ...['0', '-5'].map((bytes): [string[], string] => [
      ['fit', '--max-bytes', bytes],
      `'--max-bytes <bytes>' argument '${bytes}' is invalid. It must be a number above 0.`,
    ]),
    [['inspect'], "missing required argument 'file'"],
    [['inspect', 'a', 'b'], 'too many arguments'],
    [['demo', '--seed', '-1'], 'whole number'],
  ])('%j end with 2 and say what is wrong', async (args, sentence) => {
    const { code, out, err } = await captured(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err).toMatch(/^error: [^\n]*\n$/);
  });

  it.each([
    [['--method', 'satnfm'], 'got "satnfm". Did you mean "satnmf"? (bad-argument)'],
    [['--method', 'all,satnfm'], 'got "satnfm". Did you mean "satnmf"?'],
    [['--method', 'svm', '--method', 'satnfm,all'], 'got "satnfm". Did you mean "satnmf"?'],
    [['--preset', 'papr'], 'got "papr". Did you mean "paper"?'],
    [['--normalize', 'minmax'], 'got "minmax". Did you mean "min-max"?'],
    [
      ['--emotions', 'angry'],
      '"angry" cannot be learnt: a has anger, happiness, neutral, sadness. Did you mean "anger"?',
    ],
    [['--emotions', ' , '], 'must name at least one'],
    [['--missing', 'mean'], '"missing" must be one of median'],
    [['--trials', '1.5'], 'whole number'],
    [['--trials', 'ten'], 'number'],
    [['--trials', '0'], '"trials" must be a whole number from 1'],
    [['--seed', '1e400'], 'number'],
    [['--set', 'r'], 'key=value'],
    [['--set', 'trails=3'], 'svm, satnmf have no option "trails"'],
    [['--set', 'trails=3'], 'Did you mean "trials"?'],
    [['--set', 'satnmf.gama=3'], 'satnmf has no option "gama"'],
    [['--set', 'svm.r=3'], 'svm has no option "r"'],
    [['--set', 'snmf.r=3'], '"snmf" is none of the methods that run (svm, satnmf)'],
    [['--set', 'r=many'], '"--set r" must be a number, got "many"'],
    [['--set', 'r=-1'], '"r" must be a whole number from 1'],
    [['--set', 'scale=ends'], 'Did you mean "end"?'],
    [['--method', 'svm', '--trials', '3'], 'svm has no option "trials"'],
    [['--set', '__proto__=1'], 'no option "__proto__"'],
  ])('evaluate %j ends with 2 before it fits anything', async (more, sentence) => {
    const { code, out, err } = await captured([
      'evaluate',
      ...tables,
      ...(more.includes('--method') ? [] : ['--method', 'svm,satnmf']),
      ...more,
    ]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err).not.toContain('%');
  });
});

describe('no arguments', () => {
  it('are answered by the help, on stderr, with 2', async () => {
    const { code, out, err } = await captured([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: satnmf');
  });
});

describe('methodsFrom', () => {
  it('runs each method once, in the order asked for, whatever stands beside "all"', () => {
    const names = (...method: string[]): string[] =>
      methodsFrom({ method, set: [] }, []).map(({ name }) => name);
    expect(names('all')).toEqual(METHOD_NAMES);
    expect(names('satnmf', 'all')).toEqual(['satnmf', ...METHOD_NAMES.filter((name) => name !== 'satnmf')]);
    expect(names('svm', 'svm')).toEqual(['svm']);
  });
});
