import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LEAN_TEXT } from '../../../../js/core/builtin/embedded-lean.js';
import { embeddedBytes } from '../../../../js/core/builtin/embedded-bytes.js';
import { WASM_SHA256 } from '../../../../js/core/builtin/embedded-sha256.js';
import { fullBytes } from '../../../../js/core/builtin/module-full.js';
import { embeddedText } from '../../../../scripts/embedded-text.mjs';

it('the embedded text of lean.wasm is the release module, byte for byte', () => {
  expect(Buffer.from(embeddedBytes(LEAN_TEXT)).equals(readFileSync('build/lean.wasm'))).toBe(true);
});

it('the embedded patch makes satnmf.wasm of lean.wasm, byte for byte', () => {
  const [published] = readFileSync('assembly/satnmf.wasm.sha256', 'utf8').split(' ');
  const made = createHash('sha256').update(fullBytes()).digest('hex');
  expect([made, WASM_SHA256]).toEqual([published, published]);
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
