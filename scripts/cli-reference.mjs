/**
 * docs/cli.md, from the commands themselves.
 */
import { format } from 'prettier';

const HEAD = `# Command line

Written from the commands by \`npm run docs\`; \`satnmf <command> --help\` says the same. Results go to stdout, everything
else to stderr; tables are Markdown. Exit codes: 0 done, 1 partly done or failed at run time, 2 wrong arguments or input
data, 130 interrupted.

Colours are for terminals only. \`NO_COLOR\` turns them off there too, \`FORCE_COLOR\` turns them on elsewhere.

Inputs are tables (\`.npy\`, \`.csv\`, \`.arff\`: [formats](formats.md#3-tables)), recordings, or folders of recordings
([corpora](corpora.md)).
`;

/** Bars would end a cell, angle brackets begin HTML. */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '\\<');
const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;
const pathOf = (command) => (command.parent === null ? [] : [...pathOf(command.parent), command.name()]);

function table(head, rows) {
  if (rows.length === 0) return '';
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('') + '\n';
}

/** What a command's help says before and after its lists of arguments and options. */
function remarksOf(command) {
  const written = [];
  const { writeOut } = command.configureOutput();
  command.configureOutput({ writeOut: (text) => void written.push(text) });
  command.outputHelp();
  command.configureOutput({ writeOut });
  const [notes, examples = ''] = written.slice(1).join('').split('Examples:\n');
  const [shown, ...rest] = examples.split('\n\n');
  const lines = shown.replace(/^ {2}/gm, '').trim();
  // What stands beside a command is a remark to a shell too.
  return {
    notes: [notes, ...rest].join('\n\n'),
    examples: lines.replace(/(\S)( {4,})(?=\S)(?!--)/g, '$1$2# '),
  };
}

function section(command) {
  const path = pathOf(command);
  const help = command.createHelp();
  const { notes, examples } = remarksOf(command);
  const below = command.commands.filter((one) => help.visibleCommands(command).includes(one));
  const listed = below.map((one) => {
    const name = [...pathOf(one)].join(' ');
    return [`[\`${name}\`](#${anchorOf(one)})`, cell(one.description())];
  });
  const own =
    table(['command', 'what it does'], listed) +
    table(
      ['argument', 'what'],
      help.visibleArguments(command).map((one) => [code(one.name()), cell(one.description)]),
    ) +
    table(
      ['option', 'what'],
      help.visibleOptions(command).map(({ flags, description }) => [code(flags), cell(description)]),
    );
  const title =
    path.length === 0 ? '' : `\n${'#'.repeat(path.length + 1)} ${['satnmf', ...path].join(' ')}\n\n`;
  const sentence = command.description().replace(/^./, (letter) => letter.toUpperCase());
  return (
    `${title}${sentence}${sentence.endsWith('.') ? '' : '.'}\n\n` +
    `\`\`\`\n${help.commandUsage(command)}\n\`\`\`\n\n${own}` +
    `${cell(notes.trim())}\n\n\`\`\`sh\n${examples}\n\`\`\`\n` +
    below.map(section).join('')
  );
}

const anchorOf = (command) => ['satnmf', ...pathOf(command)].join('-');

/**
 * The reference as Markdown.
 *
 * @param {import('commander').Command} program the tree of commands
 * @returns {Promise<string>}
 */
export const cliReference = (program) =>
  format(`${HEAD}\n${section(program)}`, { parser: 'markdown', printWidth: 110 });
