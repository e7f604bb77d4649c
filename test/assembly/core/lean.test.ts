import { expect, it } from 'vitest';
import * as index from '../../../js/entries/index.js';
import { load as loadFull, tnmf } from '../../../js/entries/methods.js';
import { modelBits } from '../../js/contract/bits.js';
import { pairOf } from '../../js/contract/corpora.js';
import { whole } from '../../js/contract/whole.js';

it.each(['paper', 'robust'] as const)(
  'the default entry’s Core gives the bits of one with every kernel (%s)',
  async (preset) => {
    const [lean, full] = await Promise.all([index.load(), loadFull()]);
    expect('tridiagonalize' in lean.exports).toBe(false);
    expect('tridiagonalize' in full.exports).toBe(true);
    // Few features take another way through the base SVM.
    for (const sizes of [undefined, { n: 60, m: 40, d: 8 }])
      for (const method of [
        index.linearSvm({ preset }),
        index.satnmf({ preset, r: 4, trials: 2, maxIterations: 4 }),
        tnmf({ preset, r: 4, trials: 2, maxIterations: 4, sigma: 'local' }),
      ]) {
        const { source, target, fresh } = pairOf(whole, sizes);
        const [a, b] = await Promise.all(
          [lean, full].map(async (core) => modelBits(await method.fit({ source, target }, { core }), fresh)),
        );
        expect(a).toBe(b);
      }
  },
);
