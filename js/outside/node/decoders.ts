// Decoders for MP3, FLAC and Ogg: packages that a user may have installed, and that satnmf does not need.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compressedFormat, decodeWith, type PackageDecoder, registerDecoder } from '../../audio/index.js';
import { SatnmfError } from '../../errors.js';

interface Codec {
  readonly says: string;
  readonly module: string;
  readonly of: string;
}

const MP3: Codec = { says: 'MP3', module: 'mpg123-decoder', of: 'MPEGDecoder' };
const FLAC: Codec = { says: 'FLAC', module: '@wasm-audio-decoders/flac', of: 'FLACDecoder' };
const VORBIS: Codec = {
  says: 'Ogg Vorbis',
  module: '@wasm-audio-decoders/ogg-vorbis',
  of: 'OggVorbisDecoder',
};
const OPUS: Codec = { says: 'Ogg Opus', module: 'ogg-opus-decoder', of: 'OggOpusDecoder' };

/** The codec in a file; an Ogg file's first page names it. */
function codecOf(bytes: Uint8Array): Codec | null {
  switch (compressedFormat(bytes)) {
    case undefined:
      return null;
    case 'mp3':
      return MP3;
    case 'flac':
      return FLAC;
    case 'ogg': {
      const page = String.fromCharCode(...bytes.subarray(28, 36));
      return page.startsWith('OpusHead') ? OPUS : page.startsWith('\x7fFLAC') ? FLAC : VORBIS;
    }
  }
}

type Package = Record<string, new () => PackageDecoder>;

/** The package beside satnmf, or the one that the project in the current folder has. */
async function importPackage({ says, module }: Codec, file: string): Promise<Package> {
  const near = createRequire(join(process.cwd(), '/'));
  for (const where of [() => module, () => pathToFileURL(near.resolve(module)).href])
    try {
      return (await import(where())) as Package;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (!/MODULE_NOT_FOUND|ERR_LOAD_URL/.test(code)) throw error;
    }
  throw new SatnmfError(
    'unsupported',
    `${file}: is ${says}; to read it, install the package ${module} (npm install ${module}), or convert it to WAV`,
    { file, expected: 'WAV', actual: says },
  );
}

const loaded = new Map<Codec, Package>();

/**
 * Makes a file's format readable for this thread.
 * @throws {SatnmfError} `unsupported` if the package for it is not installed; the sentence names it
 */
export async function prepareDecoder(bytes: Uint8Array, file: string): Promise<void> {
  const codec = codecOf(bytes);
  const format = compressedFormat(bytes);
  if (codec === null || format === undefined) return;
  if (!loaded.has(codec)) loaded.set(codec, await importPackage(codec, file));
  registerDecoder(format, (content) => {
    const own = codecOf(content) ?? codec;
    return decodeWith(new (loaded.get(own) as Package)[own.of](), content);
  });
}
