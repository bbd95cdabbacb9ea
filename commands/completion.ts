import { Args } from '@oclif/core'
import { MqCommand } from '../src/cli/command.ts'
import { candidates, completionScripts, harmless, type KnownCommand } from '../src/cli/completions.ts'
import type { ConnectionFlags } from '../src/cli/flags.ts'
import { connectionFlags } from '../src/cli/flags.ts'

/** A person waits for the answer of Tab; what comes later helps nobody. */
const patienceMs = 700

export default class Completion extends MqCommand {
  static override summary = 'print a script that completes commands in a shell'
  static override description =
    'Completes commands, flags, their options, and the names of topics and groups, which it asks the cluster for: quickly, and silently when it cannot.'
  static override examples = [
    'source <(<%= config.bin %> completion bash)',
    '<%= config.bin %> completion zsh > ~/.zfunc/_mq',
    '<%= config.bin %> completion fish | source'
  ]
  static override enableJsonFlag = false
  static override strict = false
  static override args = {
    shell: Args.string({
      required: true,
      ignoreStdin: true,
      options: [...completionScripts.keys(), 'candidates'],
      description: 'the shell; candidates is what the scripts call'
    })
  }
  static override flags = { ...connectionFlags }

  async run(): Promise<void> {
    const { args, argv, flags } = await this.parse(Completion)
    const script = completionScripts.get(args.shell)
    if (script !== undefined) {
      process.stdout.write(script)
      return
    }
    const words = (argv as string[]).slice(1)
    const found = candidates(words, this.config.commands as unknown as KnownCommand[])
    const names = found.live === undefined ? [] : await this.#names(found.live, flags)
    const all = [...found.words, ...harmless(names, words.at(-1) ?? '')]
    process.stdout.write(all.map(word => `${word}\n`).join(''))
  }

  async #names(kind: 'topic' | 'group', flags: ConnectionFlags): Promise<string[]> {
    try {
      const asked = { ...flags, timeout: Math.min(flags.timeout, patienceMs) }
      return await this.admin(asked, async admin =>
        kind === 'topic'
          ? (await admin.topics()).items.filter(row => row.type !== 'SYSTEM').map(row => row.topic)
          : (await admin.groups()).items.map(row => row.group)
      )
    } catch {
      return []
    }
  }
}
