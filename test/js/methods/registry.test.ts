import { describe, expect, it } from 'vitest';
import { METHOD_NAMES, METHODS, methodByName } from '../../../js/methods/registry.js';

describe('methodByName', () => {
  it('gives every method under the name that it says of itself', () => {
    expect(METHOD_NAMES[0]).toBe('svm');
    expect(METHOD_NAMES.at(-1)).toBe('self-training');
    expect(new Set(METHOD_NAMES).size).toBe(METHOD_NAMES.length);
    for (const name of METHOD_NAMES) {
      expect(methodByName(name).name).toBe(name);
      expect(methodByName(name).options).toEqual(METHODS[name]().options);
    }
  });

  it('hands on the options', () => {
    expect(methodByName('satnmf', { r: 7 }).options).toMatchObject({ r: 7 });
  });

  it('refuses names and options that nobody knows, with a suggestion', () => {
    expect(() => methodByName('satnfm')).toThrow('Did you mean "satnmf"?');
    expect(() => methodByName('toString')).toThrow('"method" must be one of svm');
    expect(() => methodByName('svm', { c: 1 })).toThrow('svm has no option "c"');
    expect(() => methodByName('tnmf', { r: 0 })).toThrow('"r" must be a whole number');
  });
});
