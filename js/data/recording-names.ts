// What files of recordings are called.

/** Formats that are read, by themselves or by a decoder; of AIFF files the reader says what to do. */
export const AUDIO_EXTENSIONS: readonly string[] = [
  'wav',
  'wave',
  'mp3',
  'flac',
  'ogg',
  'oga',
  'aif',
  'aiff',
];

/** Formats that have sound in them which must be taken out first. */
const VIDEO_EXTENSIONS: readonly string[] = ['avi', 'mp4', 'mov', 'mkv', 'flv', 'mpg', 'webm'];

const extensionOf = (name: string): string => /\.([^./\\]+)$/.exec(name)?.[1].toLowerCase() ?? '';

export const isAudioName = (name: string): boolean => AUDIO_EXTENSIONS.includes(extensionOf(name));

export const isVideoName = (name: string): boolean => VIDEO_EXTENSIONS.includes(extensionOf(name));
