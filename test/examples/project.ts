/**
 * Examples as a reader would have them: copied out of the repository, with the packed package installed.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { babble, pcmFile } from '../js/audio/synthetic.js';
import { packedProject } from '../package/packed.js';

const projects: string[] = [];

/** A copy of examples/<name>/; {@link removeProjects} takes it away. */
export async function exampleProject(name: string): Promise<string> {
  const project = await packedProject(fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)));
  projects.push(project);
  return project;
}

export function removeProjects(): void {
  for (const project of projects.splice(0)) rmSync(project, { recursive: true, force: true });
}

/** A WAV file of something like speech. */
export const speech = (seconds: number, seed = 1): Uint8Array => pcmFile(babble(16000 * seconds, seed));

/** {@link speech} as files of a project: their names. */
export function writeSpeech(project: string, lengths: readonly number[]): string[] {
  return lengths.map((seconds, i) => {
    const name = `speech-${i + 1}.wav`;
    writeFileSync(join(project, name), speech(seconds, i + 1));
    return name;
  });
}
