import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { embeddedBytes } from '../../../../js/core/builtin/embedded.js';
import { WASM_SHA256 } from '../../../../js/core/builtin/embedded-sha256.js';
import { bytesOfHex } from '../../../../js/core/builtin/hex.js';

it('what is embedded is the published satnmf.wasm, byte for byte', () => {
  const [published] = readFileSync('assembly/satnmf.wasm.sha256', 'utf8').split(' ');
  const embedded = createHash('sha256').update(embeddedBytes()).digest('hex');
  expect([embedded, WASM_SHA256]).toEqual([published, published]);
});

it('every byte comes back from its hexadecimal digits', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(bytesOfHex(Buffer.from(bytes).toString('hex'))).toEqual(bytes);
  expect(bytesOfHex('')).toEqual(new Uint8Array(0));
});
