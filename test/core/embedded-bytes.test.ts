import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { WASM_TEXT } from '../../js/core/embedded.js';
import { LEAN_TEXT } from '../../js/core/embedded-lean.js';
import { embeddedBytes } from '../../js/core/embedded-bytes.js';
import { embeddedText } from '../../scripts/embedded-text.mjs';

it.each([
  ['satnmf', WASM_TEXT],
  ['lean', LEAN_TEXT],
])('the embedded text of %s.wasm is the release module, byte for byte', (name, text) => {
  expect(Buffer.from(embeddedBytes(text)).equals(readFileSync(`build/${name}.wasm`))).toBe(true);
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
