import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { WASM_TEXT } from '../../js/core/embedded.js';
import { embeddedBytes } from '../../js/core/embedded-bytes.js';
import { embeddedText } from '../../scripts/embedded-text.mjs';

it('the embedded text is the release module, byte for byte', () => {
  expect(Buffer.from(embeddedBytes(WASM_TEXT)).equals(readFileSync('build/satnmf.wasm'))).toBe(true);
});

it('any bytes survive being a text of letters that no string, template or page treats specially', () => {
  for (const [length, factor] of [
    [0, 1],
    [1, 1],
    [256, 1],
    [5000, 3],
    [5000, 0],
    [4099, 167],
  ]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * factor + (i >> 5)) & 255);
    const text = embeddedText(bytes);
    expect(text).toMatch(/^[ !#%-;=-[\]-_a-~]*$/);
    expect(embeddedBytes(text)).toEqual(bytes);
  }
});
