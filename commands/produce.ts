import { Args } from '@oclif/core'
import { ackFormat, ackLine } from '../src/cli/ack-format.ts'
import { MqCommand } from '../src/cli/command.ts'
import { compressSettings } from '../src/cli/compress-flag.ts'
import { onInterrupt } from '../src/cli/interrupts.ts'
import { writeJsonLine, writeOut } from '../src/cli/lines.ts'
import { parseRate } from '../src/cli/pace.ts'
import { checkBatch, produce, type Sent } from '../src/cli/produce.ts'
import { produceFlags } from '../src/cli/produce-flags.ts'
import { produceInput } from '../src/cli/produce-input.ts'

export default class Produce extends MqCommand {
  static override summary = 'send messages'
  static override description =
    `The message is TEXT, or comes from --file or standard input, where each line is one message unless -f says otherwise.
An input format has the letters that consume -f has: values end at the next literal, or are as long as a size before them says (%V{be32}%v). What the input says of a message goes before the flags. Messages are sent one after the other, so their order is kept; --batch makes many of them quick.`
  static override examples = [
    '<%= config.bin %> produce orders "hello"',
    '<%= config.bin %> produce orders "paid" -t paid -k order-42 -H source=web --sharding-key customer-7',
    'seq 1 1000 | <%= config.bin %> produce orders --batch 100 -q',
    '<%= config.bin %> produce orders "remind me" --delay 30m',
    '<%= config.bin %> consume orders -e -o json | <%= config.bin %> produce copy --input-json'
  ]
  static override enableJsonFlag = false
  static override streamOf = 'SentMessage'
  static override hiddenAliases = ['send', 'topic:produce']
  static override args = {
    topic: Args.string({ required: true, ignoreStdin: true, description: 'topic to send to' }),
    text: Args.string({ ignoreStdin: true, description: 'the message; absent = read --file or standard input' })
  }
  static override flags = produceFlags

  #sent = 0

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Produce)
    const { batch, oneway, count, queue, delay, 'delay-level': level } = flags
    checkBatch(batch, oneway, (delay ?? level) !== undefined, queue)
    const rate = flags.rate === undefined ? undefined : parseRate(flags.rate)
    const settings = { group: 'MQ_CLI_PRODUCER', ...compressSettings(flags.compress) }
    const format = flags['acks-format'] === undefined ? undefined : ackFormat(flags['acks-format'])
    const { session } = await this.connect(flags)
    const [{ Producer }, { delayed }] = await Promise.all([
      import('../src/client/producer.ts'),
      import('../src/cli/delayed.ts')
    ])
    const messages = delayed(session, args.topic, { delay, level }, produceInput(args.topic, args.text, flags))
    if (flags['dry-run']) return this.#dryRun(args.topic, count, messages)
    const interrupts = onInterrupt()
    const wish = { count, batch, rate, oneway, signal: interrupts.signal }
    try {
      for await (const sent of produce(new Producer(session, settings), messages, wish)) {
        for (const each of sent) await this.#tell(each, flags, format)
      }
    } catch (error) {
      if (this.#sent > 0) this.logToStderr(`${this.#sent} messages were sent before this error.`)
      throw error
    }
    if (interrupts.exitCode === 0) return
    this.logToStderr(`Interrupted: ${this.#sent} messages were sent.`)
    await this.finally(undefined)
    this.exit(interrupts.exitCode)
  }

  async #tell(sent: Sent, flags: { quiet: boolean; json: boolean }, format?: ReturnType<typeof ackFormat>) {
    const { receipt } = sent
    const at = this.#sent++
    if (flags.quiet || receipt === undefined) return
    if (format !== undefined) await writeOut(format({ ...sent, receipt }, at))
    else if (flags.json) await writeJsonLine(receipt)
    else await writeOut(ackLine(receipt))
  }

  async #dryRun(topic: string, count: number, messages: AsyncIterable<object>): Promise<void> {
    let found = 0
    for await (const _ of messages) found++
    await writeOut(`would send ${found * count} messages to ${topic}; nothing was sent\n`)
  }
}
