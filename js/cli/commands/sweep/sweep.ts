/**
 * `satnmf sweep`: experiments of many points, on one machine or many.
 *
 * @module
 */
import { Command } from 'commander';
import type { Screen } from '../../screen/screen.js';
import { sweepMergeCommand, sweepStatusCommand } from './merge.js';
import { sweepPlanCommand } from './plan.js';
import { sweepRunCommand } from './run.js';
import { sweepWorkerCommand } from './worker.js';

const EXAMPLES = `
A plan is a JSON file of schemes, methods and option values; docs/experiments.md shows how to write one.

Examples:
  satnmf sweep plan plan.json                       which points, how many, about how long
  satnmf sweep run plan.json                        all cores; stop and go on as you like
  satnmf sweep status plan.json plan.runs.jsonl     how far it is
`;

export function sweepCommand(screen: Screen): Command {
  const command = new Command('sweep')
    .description('run an experiment of many points: schemes, methods, option values and seeds')
    .addHelpText('after', EXAMPLES);
  for (const make of [
    sweepPlanCommand,
    sweepRunCommand,
    sweepWorkerCommand,
    sweepStatusCommand,
    sweepMergeCommand,
  ])
    command.addCommand(make(screen));
  return command;
}
