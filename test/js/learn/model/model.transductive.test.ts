import { expect, it } from 'vitest';
import { linearSvm, loadModel } from '../../../../js/entries/index.js';
import type { AdaptedModel } from '../../../../js/learn/model/model.js';
import { pairOf } from '../../contract/corpora.js';
import { whole } from '../../contract/whole.js';

it('a model that knows no map for new recordings says so, also after a round trip', async () => {
  const { source, target, fresh } = pairOf(whole);
  const fitted = (await linearSvm().fit({ source, target })) as AdaptedModel;
  const model = fitted.with({ transductive: true });
  for (const one of [model, await loadModel(model.toBytes())]) {
    expect(one.predict()).toEqual(fitted.predict());
    for (const ask of [() => one.predict(fresh), () => one.classify(fresh), () => one.transform(fresh)])
      expect(ask).toThrow(expect.objectContaining({ code: 'unsupported', argument: 'rows' }));
  }
  expect(fitted.predict(fresh)).toHaveLength(fresh.rows);
});
