import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cliReference } from '../../scripts/cli-reference.mjs';
import { describedCommands } from '../js/cli/commands.js';
import { root } from '../package/built.js';

it('docs/cli.md says what the commands say; npm run docs writes it anew', async () => {
  const [{ command: program }] = describedCommands();
  expect(readFileSync(`${root}/docs/cli.md`, 'utf8')).toBe(await cliReference(program));
});
