import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { EMOTIONS } from '../../js/data/emotions.js';
import { captured } from '../js/cli/captured.js';
import { itWith } from '../runtimes/all.js';
import { bun, deno } from '../runtimes/drivers/process.js';
import { BUN, DENO, NODE } from '../runtimes/programs.js';
import { exampleProject, removeProjects, writeSpeech } from './project.js';

const run = promisify(execFile);
afterAll(removeProjects);

/** What a program prints, in a project. */
async function printed(project: string, program: string | undefined, ...args: string[]) {
  const env = { ...process.env, DENO_DIR: join(project, 'deno'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' };
  const { stdout, stderr } = await run(program ?? '', args, { cwd: project, env, timeout: 120_000 });
  return { lines: stdout.trimEnd().split('\n'), stderr };
}

describe('examples for servers, on the packed package', async () => {
  it('Node: says the emotions that the command line says', { timeout: 120_000 }, async () => {
    const project = await exampleProject('node');
    const files = writeSpeech(project, [1, 2, 3]);
    const { lines, stderr } = await printed(project, NODE, 'emotions.mjs', ...files);
    expect(stderr).toMatch(/fewer than 20|3 rows/);
    const paths = files.map((file) => join(project, file));
    const { out } = await captured([
      'predict',
      ...paths,
      '--method',
      'satnmf',
      '--force',
      '--trials',
      '3',
      '--json',
      '-q',
    ]);
    const { predictions } = JSON.parse(out) as { predictions: { emotion: string; confidence: number }[] };
    const said = predictions.map(
      ({ emotion, confidence }) => `${emotion} (${(100 * confidence).toFixed(0)} %)`,
    );
    expect(lines).toEqual(files.map((file, i) => `${file}: ${said[i]}`));
  });

  it('Node: a fit in a worker thread, the main one free', { timeout: 120_000 }, async () => {
    const project = await exampleProject('worker-threads');
    const { lines } = await printed(project, NODE, 'main.mjs');
    expect(lines.filter((line) => /^factorize \d+\/\d+$/.test(line)).length).toBeGreaterThan(2);
    expect(lines.at(-2)).toMatch(/^satnmf of \d{6,7} bytes knows anger, boredom, .*sadness$/);
    const [, turns] = /(\d+) times$/.exec(lines.at(-1) ?? '') ?? [];
    expect(Number(turns)).toBeGreaterThan(10);
  });

  itWith('Deno', await deno.find(), 'draws the timeline of a recording', async () => {
    const project = await exampleProject('deno');
    const [file] = writeSpeech(project, [25]);
    const allowed = ['--no-prompt', '--no-remote', '--allow-read'];
    const { lines } = await printed(project, DENO, 'run', ...allowed, 'timeline.ts', file);
    expect(lines).toHaveLength(24);
    lines.forEach((line, second) => {
      const [, start, emotion] = /^ *(\d+) s {2}(\w+) +#*$/.exec(line) ?? [];
      expect([Number(start), EMOTIONS.includes(emotion)]).toEqual([second, true]);
    });
  });

  itWith('Bun', await bun.find(), 'compares methods', async () => {
    const project = await exampleProject('bun');
    const { lines } = await printed(project, BUN, 'compare.ts');
    const scores = lines.map((line) => /^(\w+) +UAR (\d+\.\d) % /.exec(line)?.slice(1));
    expect(scores.map((score) => score?.[0])).toEqual(['svm', 'satnmf']);
    // Chance is 14 %.
    for (const score of scores) expect(Number(score?.[1])).toBeGreaterThan(40);
  });
});
