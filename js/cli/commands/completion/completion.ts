/**
 * `satnmf completion`: scripts that let a shell ask `satnmf complete` what may come next.
 *
 * @module
 */
import { Argument, Command } from 'commander';
import { checkOneOf } from '../../../data/index.js';
import { type Candidate, complete } from './complete.js';
import type { Screen } from '../../screen/screen.js';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

const EXAMPLES = `
Commands, options, and names of methods, presets and emotions are completed; elsewhere files are. satnmf must
be installed so that the shell finds it by that name (npm install -g satnmf).

Examples:
  satnmf completion bash >> ~/.bashrc
  satnmf completion zsh > "\${fpath[1]}/_satnmf"
  satnmf completion fish > ~/.config/fish/completions/satnmf.fish
`;

/** The scripts ask the same command line that they complete, so they do not grow old. */
const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# satnmf: completion for bash 3.2 and later
_satnmf() {
  local IFS=$'\\n'
  COMPREPLY=($("$1" complete bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  # After "r=" comes its value, without a space.
  if [[ "\${COMPREPLY[0]}" == *= ]]; then compopt -o nospace 2>/dev/null; fi
}
# Without an answer: names of files.
complete -o default -F _satnmf satnmf`,
  zsh: `#compdef satnmf
# satnmf: completion for zsh
_satnmf() {
  local -a found more
  found=("\${(@f)$("$words[1]" complete zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -z "$found" ]]; then _files; return; fi
  # After "r=" comes its value, without a space.
  [[ "$found[1]" == *= ]] && more=(-S '')
  _describe satnmf found "\${more[@]}"
}
if [[ "$funcstack[1]" == _satnmf ]]; then _satnmf "$@"; else compdef _satnmf satnmf; fi`,
  fish: `# satnmf: completion for fish
function __satnmf_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found ($words[1] complete fish -- $words[2..] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c satnmf -f -a '(__satnmf_complete)'`,
};

/** What each shell's script expects on a line. */
const LINES: Readonly<Record<Shell, (candidate: Candidate) => string>> = {
  bash: ({ word }) => word,
  zsh: ({ word, about }) => (about === '' ? word : `${word}:${about}`),
  fish: ({ word, about }) => (about === '' ? word : `${word}\t${about}`),
};

function shellArgument(): Argument {
  const argument = new Argument('<shell>', 'bash, zsh or fish');
  argument.argChoices = [...SHELLS];
  return argument.argParser((text: string) => checkOneOf('shell', text, SHELLS));
}

export function completionCommand(screen: Screen): Command {
  return new Command('completion')
    .description('print the script that lets a shell complete what you type')
    .addArgument(shellArgument())
    .addHelpText('after', EXAMPLES)
    .action((shell: Shell) => screen.print(SCRIPTS[shell]));
}

/** What the scripts ask; nothing is printed where names of files fit. */
export function completeCommand(screen: Screen): Command {
  const command = new Command('complete')
    .description('what may follow the words of an unfinished line, for the scripts of satnmf completion')
    .addArgument(shellArgument())
    .argument('[words...]', 'the words after satnmf, the last of them unfinished');
  return command.action((shell: Shell, words: readonly string[]) => {
    const found = complete(command.parent as Command, words) ?? [];
    for (const candidate of found) screen.print(LINES[shell](candidate));
  });
}
