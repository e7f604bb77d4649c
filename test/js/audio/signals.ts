/**
 * Ten synthetic signals whose features must have the same bits everywhere, two of them resampled.
 */
import type { Signal } from '../../../js/entries/audio.js';
import { babble, constant, fromPcm, noise, square } from './synthetic.js';

const at16 = (pcm: Int16Array): Signal => ({ samples: fromPcm(pcm), sampleRate: 16000 });

/** Half speech-like, half silence. */
function pause(samples: number): Int16Array {
  const pcm = babble(samples, 5);
  pcm.fill(0, Math.floor(samples / 3), Math.floor(samples / 2));
  return pcm;
}

export function signals(): Record<string, Signal> {
  return {
    'speech-like, 1.5 s': at16(babble(24000)),
    'speech-like with a pause, 2 s': at16(pause(32000)),
    'speech-like, 48 kHz': { samples: fromPcm(babble(60000, 2)), sampleRate: 48000 },
    'speech-like, 44.1 kHz, long': { samples: fromPcm(babble(120000, 3)), sampleRate: 44100 },
    'speech-like, not on the 16-bit grid': {
      samples: fromPcm(babble(20000, 4)).map((x) => x * 0.7310585786),
      sampleRate: 16000,
    },
    'white noise, 1 s': at16(noise(16000, 8000)),
    'silence, 1 s': at16(constant(16000, 0)),
    'a constant, 0.5 s': at16(constant(8000, 12345)),
    'a square wave of full scale, 1 s': at16(square(16000, 80)),
    'one frame of 60 ms': at16(babble(960, 6)),
  };
}
