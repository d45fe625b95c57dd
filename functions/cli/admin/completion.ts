/** The completion scripts of the shells, made of the commands and their options. */
import type { Command } from 'commander';
import { UsageError } from '../options.ts';

/** Throws a UsageError for a shell that has none. */
export function completionScript(program: Command, shell: string): string {
  if (shell === 'bash') return bashScript(program);
  // zsh runs the script of bash with its own bashcompinit.
  if (shell === 'zsh') return `autoload -U +X bashcompinit && bashcompinit\n${bashScript(program)}`;
  throw new UsageError(`There is a completion for bash and zsh, not for "${shell}".`);
}

function bashScript(program: Command): string {
  const cases = wordsAfter(program, '').map(([path, words]) => `    '${path}') words='${words}' ;;`);
  return `_syncml_admin() {
  local path='' word words='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$word" in -*) continue ;; esac
    case "$path $word" in
${paths(program, '')
  .map((path) => `      '${path}') path="$path $word" ;;`)
  .join('\n')}
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
  if [ \${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")); fi
}
complete -F _syncml_admin syncml-admin`;
}

const paths = (command: Command, path: string): string[] =>
  command.commands.flatMap((one) => [`${path} ${one.name()}`, ...paths(one, `${path} ${one.name()}`)]);

/** What may follow each path of commands: the commands below it, and its options. */
function wordsAfter(command: Command, path: string): [path: string, words: string][] {
  const names = command.commands.map((one) => one.name());
  const above = command.parent === null ? [] : rootOf(command).options;
  const options = [...command.options, ...above].map(({ long }) => long ?? '');
  const below = command.commands.flatMap((one) => wordsAfter(one, `${path} ${one.name()}`));
  return [[path, [...names, ...options, '--help'].join(' ')], ...below];
}

/** The command whose options stand behind every command. */
const rootOf = (command: Command): Command => (command.parent === null ? command : rootOf(command.parent));
