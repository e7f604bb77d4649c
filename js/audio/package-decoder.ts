/**
 * The decoders of npm packages (mpg123-decoder, @wasm-audio-decoders/…), which are alike.
 *
 * @module
 */
import type { DecodedAudio } from './decoders.js';

interface PackageAudio extends DecodedAudio {
  readonly errors?: readonly { readonly message: string }[];
}

/** Some decode whole files by one name, some by the other. */
export interface PackageDecoder {
  readonly ready: Promise<void>;
  decode(bytes: Uint8Array): PackageAudio | Promise<PackageAudio>;
  decodeFile?(bytes: Uint8Array): Promise<PackageAudio>;
  free(): void;
}

/**
 * Decodes a file, and frees the decoder.
 *
 * @throws {Error} what the package says, if there is no audio in it
 */
export async function decodeWith(decoder: PackageDecoder, bytes: Uint8Array): Promise<DecodedAudio> {
  await decoder.ready;
  try {
    const audio = await (decoder.decodeFile?.(bytes) ?? decoder.decode(bytes));
    if (audio.channelData.length > 0) return audio;
    throw new Error(audio.errors?.[0]?.message ?? 'there is no audio in it');
  } finally {
    decoder.free();
  }
}
