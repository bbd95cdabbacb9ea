import { Args, Flags } from '@oclif/core'
import { messageRow } from '../../src/admin/message-row.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags, streamFlags } from '../../src/cli/flags.ts'
import { onInterrupt } from '../../src/cli/interrupts.ts'
import { writeJsonLine } from '../../src/cli/lines.ts'
import { messageFilter } from '../../src/cli/message-filter.ts'
import { parseOffsets } from '../../src/cli/offsets.ts'
import { systemClock } from '../../src/kit/clock.ts'

/** What only readers with a group have. */
const noGroup = { commit: 'never', orderly: false, broadcast: false } as const

export default class MessageExport extends MqCommand {
  static override summary = 'write the messages of a topic as JSON lines'
  static override description =
    'Up to what is the end now, or of the range. Bodies that are no text are written in base64, so that `mq message import` puts back every byte. Each queue is in its order.'
  static override examples = [
    '<%= config.bin %> message export orders > orders.ndjson',
    '<%= config.bin %> message export orders -O @-1h --tags paid > paid.ndjson',
    '<%= config.bin %> message export orders -O 100:200 --queue 0 > part.ndjson'
  ]
  static override enableJsonFlag = false
  static override streamOf = 'MessageRow'
  static override args = { topic: Args.string({ required: true, ignoreStdin: true, description: 'topic to read' }) }
  static override flags = {
    ...connectionFlags,
    ...streamFlags,
    offset: Flags.string({
      char: 'O',
      default: 'start',
      helpValue: 'OFFSETS',
      description: 'start N:N @T @T1:T2 -N …'
    }),
    tags: Flags.string({ default: '*', helpValue: 'EXPR', description: 'only messages with these tags: "A || B"' }),
    grep: Flags.string({ helpValue: 'RE', description: 'only messages whose body matches' }),
    queue: Flags.integer({ min: 0, max: 65_535, description: 'only this queue' }),
    broker: Flags.string({ helpValue: 'NAME', description: 'only this broker' })
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(MessageExport)
    const range = parseOffsets(flags.offset, systemClock.now())
    const fits = messageFilter({ grep: flags.grep })
    const { consume } = await import('../../src/cli/consume.ts')
    const { session } = await this.connect(flags)
    const interrupts = onInterrupt()
    const { tags, queue, broker } = flags
    const wish = { topics: [args.topic], group: undefined, range, toEnd: true, tags, queue, broker, ...noGroup }
    let count = 0
    for await (const message of consume(session, { ...wish, signal: interrupts.signal })) {
      if (!fits(message)) continue
      await writeJsonLine(messageRow(message))
      count++
    }
    if (!flags.json && process.stderr.isTTY) this.logToStderr(`${count} messages of ${args.topic}`)
    if (interrupts.exitCode === 0) return
    await this.finally(undefined)
    this.exit(interrupts.exitCode)
  }
}
