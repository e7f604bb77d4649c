/**
 * `satnmf corpora`: the corpora that are known by name, and whether a folder holds one of them whole.
 *
 * @module
 */
import { Command } from 'commander';
import { classesOf } from '../../../data/emotions.js';
import { CORPORA } from '../../../corpora/registry.js';
import type { KnownCorpus } from '../../../corpora/known-corpus.js';
import { markdownTable, right } from '../../../experiment/report/markdown-table.js';
import { checkFolder, printCheck } from './check.js';
import { addScreenOptions } from '../../options/options.js';
import type { Screen } from '../../screen/screen.js';

const EXAMPLES = `
Commands that read recordings need no labels for a known corpus: its file names tell emotion, speaker, sex and
text. A labels.csv in the folder, or --label-regex, is used instead if there is one. For other corpora, make
one folder for each emotion, or a labels.csv (file, speaker, sex, emotion, text).

Examples:
  satnmf corpora list
  satnmf corpora check EmoDB/
  satnmf evaluate --source EmoDB/ --target CASIA/
`;

const LIST_EXAMPLES = `
Examples:
  satnmf corpora list
  satnmf corpora list --json
`;

const CHECK_EXAMPLES = `
The exit code is 1 where a recording is missing or cannot be read.

Examples:
  satnmf corpora check EmoDB/
  satnmf corpora check CREMA-D/AudioWAV/ --json
`;

/** What a program is told of a corpus; lists of ids are functions, which JSON leaves out. */
function described(corpus: KnownCorpus): object {
  const { name, title, language, releases, emotions: labels, layout, where, licence, citation } = corpus;
  const emotions = classesOf(Object.values(labels));
  return { name, title, language, releases, emotions, labels, layout, where, licence, citation };
}

const COLUMNS = [
  { head: 'name' },
  { head: 'corpus' },
  { head: 'language' },
  right('speakers'),
  right('utterances'),
  { head: 'licence' },
  { head: 'where' },
];

function listCommand(screen: Screen): Command {
  const command = new Command('list').description('list the corpora, with their size and licence');
  addScreenOptions(command).addHelpText('after', LIST_EXAMPLES);
  return command.action(({ json }: { json?: true }) => {
    if (json) return screen.print(JSON.stringify({ corpora: CORPORA.map(described) }));
    const rows = CORPORA.map((corpus) => [
      corpus.name,
      corpus.title,
      corpus.language,
      String(corpus.releases[0].speakers),
      corpus.releases.map(({ utterances }) => utterances).join(' / '),
      corpus.licence,
      corpus.where,
    ]);
    screen.print(markdownTable(COLUMNS, rows));
  });
}

function checkCommand(screen: Screen): Command {
  const command = new Command('check')
    .description('recognise the corpus in a folder and compare it with its official counts')
    .argument('<folder>', 'folder of recordings');
  addScreenOptions(command).addHelpText('after', CHECK_EXAMPLES);
  return command.action(async (folder: string, { json }: { json?: true }) => {
    const found = await checkFolder(screen, folder);
    if (json) screen.print(JSON.stringify(found));
    else printCheck(screen, found);
    if (!found.complete || found.unreadable.length > 0) screen.partly();
  });
}

export function corporaCommand(screen: Screen): Command {
  return new Command('corpora')
    .description('list the known corpora, or check one that you have')
    .addCommand(listCommand(screen))
    .addCommand(checkCommand(screen))
    .addHelpText('after', EXAMPLES);
}
