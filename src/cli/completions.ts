/** What may follow the words of a command line: commands, flags, options of flags, and live names. Pure, but for the names. */

export interface KnownFlag {
  readonly name: string
  readonly char?: string | undefined
  readonly type: string
  readonly options?: readonly string[] | undefined
}

export interface KnownCommand {
  readonly id: string
  readonly hidden?: boolean | undefined
  readonly flags: Readonly<Record<string, KnownFlag>>
  readonly args: Readonly<Record<string, { readonly options?: readonly string[] | undefined }>>
}

/** What to complete: fixed words, or names that a server knows. */
export interface Candidates {
  readonly words: readonly string[]
  readonly live?: 'topic' | 'group' | undefined
}

const liveOf = (name: string): Candidates['live'] => (name === 'topic' || name === 'group' ? name : undefined)

/** `words` are those after `mq`; the last one is being typed and may be empty. */
export const candidates = (words: readonly string[], commands: readonly KnownCommand[]): Candidates => {
  const typed = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const shown = commands.filter(command => command.hidden !== true)
  const command = longest(before, shown)
  const children = command === undefined || before.length === command.id.split(':').length ? next(before, shown) : []
  if (command === undefined) return { words: starting(children, typed) }
  const flags = Object.values(command.flags)
  const previous = before.at(-1) ?? ''
  const valued = flags.find(flag => flag.type === 'option' && [`--${flag.name}`, `-${flag.char}`].includes(previous))
  if (valued !== undefined) {
    return { words: starting([...(valued.options ?? [])], typed), live: liveOf(valued.name) }
  }
  if (typed.startsWith('-')) {
    return { words: starting(flags.map(flag => `--${flag.name}`).sort(), typed) }
  }
  const [arg] = Object.entries(command.args)
  return { words: starting([...children, ...(arg?.[1].options ?? [])], typed), live: arg && liveOf(arg[0]) }
}

/** The command whose words the line begins with. */
const longest = (before: readonly string[], commands: readonly KnownCommand[]): KnownCommand | undefined =>
  commands
    .filter(({ id }) => id.split(':').every((word, at) => before[at] === word))
    .sort((left, right) => right.id.length - left.id.length)[0]

/** Words that go on from these towards a command. */
const next = (before: readonly string[], commands: readonly KnownCommand[]): string[] => {
  const found = commands
    .map(({ id }) => id.split(':'))
    .filter(parts => parts.length > before.length && before.every((word, at) => parts[at] === word))
  return [...new Set(found.map(parts => parts[before.length]!))].sort()
}

const starting = (words: readonly string[], typed: string): string[] => words.filter(word => word.startsWith(typed))

/** Names come from whoever made a topic; only such that no shell reads as more than a word are offered. */
export const harmless = (names: readonly string[], typed: string): string[] =>
  names.filter(name => name.startsWith(typed) && /^[%\w.|-]+$/.test(name) && !name.includes('|'))

const bash = `# bash completion of mq: source <(mq completion bash)
_mq() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(mq completion candidates -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _mq mq
`

const zsh = `#compdef mq
# zsh completion of mq: source <(mq completion zsh)
_mq() {
  local -a found
  found=("\${(@f)$(mq completion candidates -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  [[ -n "\${found[1]}" ]] && compadd -- "\${found[@]}" || _files
}
compdef _mq mq
`

const fish = `# fish completion of mq: mq completion fish | source
function __mq_candidates
  set -l words (commandline -opc) (commandline -ct)
  mq completion candidates -- $words[2..-1] 2>/dev/null
end
complete -c mq -a '(__mq_candidates)'
`

const powershell = `# PowerShell completion of mq: mq completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName mq -ScriptBlock {
  param($word, $ast, $position)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($word -eq '') { $words += '""' }
  mq completion candidates '--' @words 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`

export const completionScripts: ReadonlyMap<string, string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
  ['powershell', powershell]
])
