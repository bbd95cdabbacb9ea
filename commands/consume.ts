import { Args, Flags } from '@oclif/core'
import { MqCommand } from '../src/cli/command.ts'
import { connectionFlags, streamFlags } from '../src/cli/flags.ts'
import { onInterrupt } from '../src/cli/interrupts.ts'
import { writeOut } from '../src/cli/lines.ts'
import { parseOffsets } from '../src/cli/offsets.ts'
import { systemClock } from '../src/kit/clock.ts'

const idleMs = 2000

export default class Consume extends MqCommand {
  static override summary = 'read messages'
  static override description =
    `Without a group this only looks: nothing is committed and no consumer is disturbed. With --group it is one more member of the group, and commits what it printed.
It goes on until Ctrl-C, unless -N, -e or the end of an offset range stops it.`
  static override examples = [
    '<%= config.bin %> consume orders',
    '<%= config.bin %> consume orders -O -10 -e',
    '<%= config.bin %> consume orders -O @-15m --json',
    '<%= config.bin %> consume orders -g billing -N 1 -f "%k %v\\n"'
  ]
  static override enableJsonFlag = false
  static override strict = false
  static override args = {
    topic: Args.string({ required: true, ignoreStdin: true, description: 'topic to read; several may be given' })
  }
  static override flags = {
    ...connectionFlags,
    ...streamFlags,
    group: Flags.string({ char: 'g', description: 'read as a member of this group' }),
    offset: Flags.string({
      char: 'O',
      default: 'start',
      helpValue: 'OFFSETS',
      description: 'start end :end +N -N N N1:N2 @T @T1:T2; with a group: where queues without an offset begin'
    }),
    num: Flags.integer({ char: 'N', min: 1, description: 'stop after so many messages' }),
    'exit-at-end': Flags.boolean({ char: 'e', description: 'stop at what is the end now' }),
    format: Flags.string({ char: 'f', description: 'pretty, json, or letters such as "%t %o %k: %v\\n"' }),
    tags: Flags.string({ default: '*', helpValue: 'EXPR', description: 'only messages with these tags: "A || B"' }),
    queue: Flags.integer({ min: 0, description: 'only this queue' }),
    broker: Flags.string({ helpValue: 'NAME', description: 'only this broker' })
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Consume)
    const [{ consume }, { messagePrinter }] = await Promise.all([
      import('../src/cli/consume.ts'),
      import('../src/cli/message-printer.ts')
    ])
    const range = parseOffsets(flags.offset, systemClock.now())
    const print = messagePrinter(flags.format, flags.json, this.screen)
    const { session } = await this.connect(flags)
    const interrupts = onInterrupt()
    const { group, tags, queue, broker } = flags
    const wish = { topics: argv as string[], group, tags, queue, broker, range, toEnd: flags['exit-at-end'] }
    const idle = systemClock.after(idleMs, () => this.#say('Waiting for messages, Ctrl-C to stop.'))
    let count = 0
    for await (const message of consume(session, { ...wish, signal: interrupts.signal })) {
      idle.cancel()
      await writeOut(print(message, count++))
      // The reader goes on once more, so that a group commits this message too.
      if (count === flags.num) interrupts.end()
    }
    idle.cancel()
    if (interrupts.exitCode !== 0) {
      await this.finally(undefined)
      this.exit(interrupts.exitCode)
    }
  }

  #say(text: string): void {
    if (process.stderr.isTTY) process.stderr.write(`${text}\n`)
  }
}
