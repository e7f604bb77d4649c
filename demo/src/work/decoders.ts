/**
 * MP3 and FLAC: decoders compiled to wasm, so that every browser hears the same samples. The browser's own decoders
 * resample to the rate of its sound card, each in its own way.
 *
 * @module
 */
import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { MPEGDecoder } from 'mpg123-decoder';
import { registerDecoder } from 'satnmf/audio';
import { compressedFormat, decodeWith } from '../../../js/audio/index.js';
import { SatnmfError } from '../../../js/errors.js';

registerDecoder('mp3', (bytes) => decodeWith(new MPEGDecoder(), bytes));
registerDecoder('flac', (bytes) => decodeWith(new FLACDecoder(), bytes));

/**
 * Refuses what this page has no decoder for.
 *
 * @throws {SatnmfError} `unsupported`
 */
export function checkFormat(bytes: Uint8Array, file: string): void {
  if (compressedFormat(bytes) !== 'ogg') return;
  throw new SatnmfError('unsupported', `${file}: is Ogg; this page reads WAV, MP3 and FLAC`, {
    file,
    expected: 'WAV, MP3 or FLAC',
    actual: 'ogg',
  });
}
