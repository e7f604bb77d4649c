/**
 * MP3 and FLAC: decoders compiled to wasm, so that every browser hears the same samples. The browser's own decoders
 * resample to the rate of its sound card, each in its own way.
 *
 * @module
 */
import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { MPEGDecoder } from 'mpg123-decoder';
import { type DecodedAudio, registerDecoder } from 'satnmf/audio';
import { compressedFormat } from '../../../js/audio/decoders.js';
import { SatnmfError } from '../../../js/errors.js';

interface PackageDecoder {
  readonly ready: Promise<void>;
  free(): void;
}

interface Heard extends DecodedAudio {
  readonly errors?: readonly { readonly message: string }[];
}

async function heardBy<D extends PackageDecoder>(
  decoder: D,
  decode: (decoder: D) => Heard | Promise<Heard>,
): Promise<DecodedAudio> {
  await decoder.ready;
  try {
    const audio = await decode(decoder);
    if (audio.channelData.length === 0)
      throw new Error(audio.errors?.[0]?.message ?? 'there is no audio in it');
    return audio;
  } finally {
    decoder.free();
  }
}

registerDecoder('mp3', (bytes) => heardBy(new MPEGDecoder(), (decoder) => decoder.decode(bytes)));
registerDecoder('flac', (bytes) => heardBy(new FLACDecoder(), (decoder) => decoder.decodeFile(bytes)));

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
