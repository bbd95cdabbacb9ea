import { Args } from '@oclif/core'
import type { ClusterRow } from '../src/admin/admin.ts'
import { MqCommand } from '../src/cli/command.ts'
import { exitCodes } from '../src/cli/exit-codes.ts'
import { changeFlags, connectionFlags, streamFlags } from '../src/cli/flags.ts'

export default class Mqadmin extends MqCommand {
  static override summary = "run the command that a line of Apache's mqadmin stands for"
  static override description =
    `Takes the names and options of mqadmin 5.5.0, says on stderr which line of mq that is, and runs it: "mq mqadmin updateTopic -c DefaultCluster -t orders -r 8 -w 8".
Output and exit codes are those of mq. Long flags that every command has, such as --json, may be added. Without a name it lists all names; "help NAME" shows what its options become.`
  static override examples = [
    '<%= config.bin %> mqadmin topicList -n 127.0.0.1:9876',
    '<%= config.bin %> mqadmin consumerProgress --json',
    '<%= config.bin %> mqadmin help updateTopic'
  ]
  static override enableJsonFlag = false
  static override strict = false
  static override args = {
    name: Args.string({ ignoreStdin: true, description: 'name of a sub-command of mqadmin, in any case' })
  }
  static override flags = { ...connectionFlags, ...streamFlags, ...changeFlags }

  async run(): Promise<void> {
    const [{ mqadminRow }, { rowLines }, { readArguments }, { lookUp }, { shellLine, translate }] = await Promise.all([
      import('../src/cli/mqadmin/table.ts'),
      import('../src/cli/mqadmin/pages.ts'),
      import('../src/cli/mqadmin/arguments.ts'),
      import('../src/cli/mqadmin/look-up.ts'),
      import('../src/cli/mqadmin/translate.ts')
    ])
    const [first, ...rest] = this.argv
    const [name, ...words] = first === 'help' ? [...rest, '-h'] : this.argv
    if (name === undefined || name === '-h') return this.#list()
    const row = mqadminRow(name) ?? (await this.#unknown(name))
    const flags = Object.entries({ ...Mqadmin.baseFlags, ...Mqadmin.flags })
    const given = readArguments(row, words, new Map(flags.map(([flag, { type }]) => [flag, type === 'option'])))
    if (given.help) return this.log(rowLines(row).join('\n'))
    const clusters = (): Promise<readonly ClusterRow[]> => this.#clusters(given.passed)
    const lines = await translate(row, given, lookUp(clusters))
    for (const line of lines) {
      if (!given.passed.includes('--quiet')) process.stderr.write(`This is: ${shellLine(line)}\n`)
      await this.config.runCommand(line.command.replaceAll(' ', ':'), [...line.args])
    }
  }

  async #clusters(passed: readonly string[]): Promise<readonly ClusterRow[]> {
    const { flags } = await this.parse(Mqadmin, [...passed])
    return (await this.admin(flags, admin => admin.clusters())).items
  }

  async #list(): Promise<void> {
    const { mqadminRows, mqWords } = await import('../src/cli/mqadmin/table.ts')
    this.table(mqadminRows, [
      { title: 'MQADMIN', value: row => row.name },
      { title: 'MQ', value: row => mqWords(row) },
      { title: 'WHAT IT DOES', value: row => row.does }
    ])
  }

  async #unknown(name: string): Promise<never> {
    const { nearestMqadminName } = await import('../src/cli/mqadmin/table.ts')
    const meant = nearestMqadminName(name)
    const all = '`mq mqadmin` lists all names'
    const steps = meant === undefined ? [`Try this: ${all}`] : [`Try this: \`mq mqadmin ${meant}\``, `      or: ${all}`]
    process.stderr.write([`Error: mqadmin has no sub-command ${name}`, ...steps, ''].join('\n'))
    return this.exit(exitCodes.unknownCommand)
  }
}
