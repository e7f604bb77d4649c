/**
 * Hyper-parameters: frozen, copied, checked by name.
 */
import { type Check, ensure, ensureEqual, refusal, rejection, type Subject, type Tools } from '../check.js';
import { ensureSoundModel, modelBits } from '../bits.js';
import { pairOf } from '../corpora.js';
import { ENDS, SIZES, WEIGHTS, WHOLE, WORDS } from '../ranges.js';

type Options = Record<string, unknown>;

/** What a value must be that an option takes, in the words of a refusal. */
async function expectedOf({ make }: Subject, tools: Tools, name: string): Promise<string> {
  return (await refusal(tools, () => make({ [name]: null }), name)).expected ?? '';
}

/** The words of an option: those listed, or of an option that only one method has, those that it says. */
async function wordsOf(subject: Subject, tools: Tools, name: string): Promise<readonly unknown[]> {
  if (Object.hasOwn(WORDS, name)) return WORDS[name];
  const [, words] = /^one of (.+)$/.exec(await expectedOf(subject, tools, name)) ?? [];
  ensure(words !== undefined, `the words of "${name}" are neither listed nor in its refusal`);
  return words.split(', ');
}

/** The ends of the range of an option, in the same way; a whole number's upper end is as large as the machine. */
async function endsOf(subject: Subject, tools: Tools, name: string): Promise<readonly number[]> {
  if (Object.hasOwn(ENDS, name)) return ENDS[name];
  const expected = await expectedOf(subject, tools, name);
  const ends = (expected.match(/-?\d\S*/g) ?? []).map(Number);
  ensure(ends.length > 0, `the ends of "${name}" are neither listed nor in its refusal`);
  return expected.startsWith('a whole number') ? ends.slice(0, 1) : ends;
}

export const OPTION_CHECKS: readonly Check[] = [
  {
    name: 'has frozen options, all filled in, and a fit does not touch them',
    async run({ make, scalesItself }, { satnmf, core }) {
      const method = make();
      const { source, target } = pairOf(satnmf);
      const before = JSON.stringify(method.options);
      ensure(Object.isFrozen(method) && Object.isFrozen(method.options), 'method and options must be frozen');
      const values = Object.values(method.options) as unknown[];
      const least = scalesItself ? 2 : 6;
      ensure(values.length >= least && !values.includes(undefined), 'every option must have its default');
      await method.fit({ source, target }, { core });
      ensureEqual(JSON.stringify(method.options), before, 'options after the fit');
    },
  },
  {
    name: 'gives an equal method by with({}), another one by with(change), and stays as it is',
    async run({ make, scalesItself }) {
      const method = make();
      const before = JSON.stringify(method);
      ensureEqual(method.with({}), method, 'with({})');
      const change = scalesItself ? { ridge: 12 } : { seed: 12, normalize: 'rank' };
      const other = method.with(change);
      ensureEqual(other.options, { ...method.options, ...change }, 'with(change)');
      ensureEqual(JSON.stringify(method), before, 'the method after with()');
      ensureEqual(other.with({}), other, 'with(change).with({})');
      ensureEqual(other.name, method.name, 'name');
    },
  },
  {
    name: 'copies the options it is given',
    async run({ make, scalesItself }, { satnmf }) {
      const { name } = make();
      const key = scalesItself ? 'ridge' : 'seed';
      const given: Options = { [key]: 3 };
      const method = satnmf.methodByName(name, given);
      given[key] = 4;
      ensureEqual((method.options as Options)[key], 3, `${key} after the change`);
      ensureEqual((method.with({}).options as Options)[key], 3, `${key} of with({}) after the change`);
    },
  },
  {
    name: 'refuses an option that is misspelt, of another type or out of range, by its name',
    async run(subject, tools) {
      const options = subject.make().options as Options;
      for (const name of Object.keys(options)) {
        const misspelt = `${name}s`;
        const error = await refusal(tools, () => subject.make({ [misspelt]: options[name] }), misspelt);
        ensureEqual([error.code, error.argument], ['bad-argument', misspelt], misspelt);
        ensure(error.message.includes(`"${name}"`), `${misspelt}: "${name}" should be suggested`);
        const bad: unknown[] = [null, {}, [], 'nonsense', '1', NaN, Infinity, -Infinity];
        bad.push(typeof options[name] === 'boolean' ? 1 : true);
        if (typeof options[name] === 'number') bad.push(-2, ...(name === 'bias' ? [1e31] : [1.1e30, 1e300]));
        if (SIZES.includes(name)) bad.push(0, 1.5, 2e6);
        if (WHOLE.includes(name)) bad.push(0.5, 2 ** 53);
        if (name === 'C' || name === 'baseC') bad.push(0);
        for (const value of bad) {
          const what = `${name}: ${String(value)}`;
          for (const attempt of [
            () => subject.make({ [name]: value }),
            () => subject.make().with({ [name]: value }),
          ]) {
            const refused = await refusal(tools, attempt, what);
            ensureEqual([refused.code, refused.argument], ['bad-argument', name], what);
            ensure(refused.message.includes(name), `${what}: the message should name it: ${refused.message}`);
          }
        }
      }
      for (const name of WEIGHTS.filter((weight) => Object.hasOwn(options, weight))) {
        if (options[name] !== 0) continue;
        const refused = await refusal(tools, () => subject.make({ [name]: 1 }), name);
        ensureEqual([refused.code, refused.argument], ['bad-argument', name], `${name} of a special case`);
      }
      const unknown = await refusal(tools, () => subject.make({ constructor: 1 }), 'constructor');
      ensureEqual([unknown.code, unknown.argument], ['bad-argument', 'constructor'], 'constructor');
    },
  },
  {
    name: 'works with every word of every option',
    async run(subject, tools) {
      const { satnmf, core } = tools;
      const { source, target, fresh } = pairOf(satnmf);
      const options = subject.make().options as Options;
      const short = subject.factorizes ? { trials: 2, maxIterations: 2 } : {};
      for (const [name, value] of Object.entries(options)) {
        const listed = typeof value === 'string' ? await wordsOf(subject, tools, name) : WORDS[name];
        for (const word of typeof value === 'boolean' ? [true, false] : (listed ?? [])) {
          const model = await subject.make({ ...short, [name]: word }).fit({ source, target }, { core });
          ensureSoundModel(model, target.features.rows, fresh, `${name}: ${String(word)}`);
        }
      }
    },
  },
  {
    name: 'gives a result without NaN or a named error at the ends of the range of every option',
    async run(subject, tools) {
      const { satnmf, core } = tools;
      const { source, target, fresh } = pairOf(satnmf);
      const options = subject.make().options as Options;
      for (const [name, value] of Object.entries(options)) {
        if (typeof value !== 'number' || SIZES.includes(name) || name === 'power') continue;
        if (WEIGHTS.includes(name) && value === 0) continue;
        for (const end of await endsOf(subject, tools, name)) {
          const what = `${name}: ${end}`;
          const fitted = subject.make({ [name]: end }).fit({ source, target }, { core });
          const model = await fitted.catch((reason: unknown) =>
            refusal(tools, () => Promise.reject(reason), what),
          );
          if (!(model instanceof satnmf.SatnmfError))
            ensureSoundModel(model, target.features.rows, fresh, what);
        }
      }
    },
  },
  {
    name: 'gives the same bits for a preset and for its options spelt out',
    async run(subject, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      const method = subject.make();
      const spelt = satnmf.methodByName(method.name, { ...method.options });
      const models = [method, spelt].map((one) => one.fit({ source, target }, { core }));
      const [a, b] = (await Promise.all(models)).map((model) => modelBits(model, fresh));
      ensureEqual(b, a, 'bits');
      ensure(
        (await rejection(() => satnmf.methodByName('nmf'), 'another name')) instanceof satnmf.SatnmfError,
        '',
      );
    },
  },
];
