import { Args, Flags } from '@oclif/core'
import { MqCommand } from '../src/cli/command.ts'
import { filterFlags, formatFlag, tagsFlag } from '../src/cli/consume-flags.ts'
import { connectionFlags, streamFlags } from '../src/cli/flags.ts'
import { onInterrupt } from '../src/cli/interrupts.ts'
import { writeOut } from '../src/cli/lines.ts'
import { messageFilter } from '../src/cli/message-filter.ts'

export default class Tail extends MqCommand {
  static override summary = 'follow topics: show each message as it comes'
  static override description =
    'Begins at the end and goes on until Ctrl-C or -N. It only looks: nothing is committed and no consumer is disturbed.'
  static override examples = [
    '<%= config.bin %> tail orders',
    '<%= config.bin %> tail orders invoices --tags "paid || sent"',
    '<%= config.bin %> tail orders --grep "order-4[0-9]" -o json'
  ]
  static override enableJsonFlag = false
  static override strict = false
  static override streamOf = 'MessageRow'
  static override args = {
    topic: Args.string({ required: true, ignoreStdin: true, description: 'topic to follow; several may be given' })
  }
  static override flags = {
    ...connectionFlags,
    ...streamFlags,
    num: Flags.integer({ char: 'N', min: 1, description: 'stop after so many messages' }),
    ...formatFlag,
    ...tagsFlag,
    ...filterFlags
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Tail)
    const [{ tail }, { messagePrinter }] = await Promise.all([
      import('../src/cli/tail.ts'),
      import('../src/cli/message-printer.ts')
    ])
    const filter = messageFilter(flags)
    const print = messagePrinter(flags.format ?? 'pretty', flags.json, this.screen)
    const interrupts = onInterrupt()
    const plan = {
      topics: argv as string[],
      tags: flags.tags,
      filter,
      num: flags.num,
      show: async (message: Parameters<typeof print>[0], at: number) => writeOut(print(message, at)),
      warn: (text: string) => this.warnAll([text]),
      signal: interrupts.signal
    }
    await this.admin(flags, admin => tail(admin, plan))
    if (interrupts.exitCode === 0) return
    await this.finally(undefined)
    this.exit(interrupts.exitCode)
  }
}
