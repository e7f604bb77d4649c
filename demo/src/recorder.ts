/**
 * The microphone: samples as they come, to a file.
 *
 * @module
 */
import { wavFile } from './wav-file.js';

/** Seconds after which it stops by itself. */
const LONGEST = 120;

/** Milliseconds that a machine's sound may take to start. */
const PATIENCE = 5000;

/** A recording that is being made. */
export interface Running {
  /** Seconds so far, and the largest sample of the last stretch. */
  onHeard: (seconds: number, level: number) => void;
  /** Called when it stops by itself. */
  onFull: () => void;
  /** The recording; the microphone is given back. */
  stop(): File;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  NotAllowedError:
    'The microphone may not be used: allow it in the browser, beside the address of this page.',
  NotFoundError: 'No microphone was found.',
  NotReadableError: 'The microphone is in use by another program.',
};

/**
 * Begins to record. The browser's own cleaning is turned off, which would change the voice.
 *
 * @throws {Error} a sentence why it cannot
 */
export async function record(name: string): Promise<Running> {
  if (navigator.mediaDevices === undefined || typeof AudioWorkletNode === 'undefined')
    throw new Error('This page can only record over https or on this machine itself (localhost).');
  const context = new AudioContext();
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    try {
      await context.audioWorklet.addModule(new URL('recorder-worklet.js', document.baseURI));
      await started(context);
      return listening(context, stream, name);
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      throw error;
    }
  } catch (cause) {
    await context.close();
    const { name: kind = '', message = '' } = cause as Partial<Error>;
    throw new Error(PROBLEMS[kind] ?? `The microphone cannot be used: ${message}`, { cause });
  }
}

/** Without any device for sound a context never starts, and does not say so. */
async function started(context: AudioContext): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the sound of this machine does not start')), PATIENCE);
  });
  await Promise.race([context.resume(), late]).finally(() => clearTimeout(timer));
}

function listening(context: AudioContext, stream: MediaStream, name: string): Running {
  const { sampleRate } = context;
  const heard: Float32Array[] = [];
  let length = 0;
  const tap = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 0, channelCount: 1 });
  context.createMediaStreamSource(stream).connect(tap);
  const running: Running = {
    onHeard: () => undefined,
    onFull: () => undefined,
    stop() {
      tap.port.onmessage = null;
      for (const track of stream.getTracks()) track.stop();
      void context.close();
      const samples = new Float32Array(length);
      let at = 0;
      for (const part of heard) {
        samples.set(part, at);
        at += part.length;
      }
      return wavFile(samples, sampleRate, name);
    },
  };
  tap.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    heard.push(data);
    length += data.length;
    let level = 0;
    for (const sample of data) level = Math.max(level, Math.abs(sample));
    running.onHeard(length / sampleRate, level);
    if (length > LONGEST * sampleRate) running.onFull();
  };
  return running;
}
