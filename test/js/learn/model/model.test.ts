import { expect, it, vi } from 'vitest';
import { compact, linearSvm, loadModel } from '../../../../js/entries/index.js';
import { explain } from '../../../../js/entries/methods.js';
import { pairOf } from '../../contract/corpora.js';
import { whole } from '../../contract/whole.js';

it('a model of a second copy of the package is refused by a sentence that says what to do', async () => {
  const { source, target } = pairOf(whole);
  const model = await linearSvm().fit({ source, target });
  vi.resetModules();
  const other = await import('../../../../js/entries/index.js');
  expect(other.compact).not.toBe(compact);
  const foreign = await other.loadModel(model.toBytes());
  const refusal = expect.objectContaining({ code: 'bad-argument', argument: 'model' }) as Error;
  expect(() => compact(foreign)).toThrow(refusal);
  expect(() => explain({ source, target }, foreign)).toThrow('loadModel(model.toBytes())');
  const ours = await loadModel(foreign.toBytes());
  expect(explain({ source, target }, ours)).toEqual(explain({ source, target }, model));
});
