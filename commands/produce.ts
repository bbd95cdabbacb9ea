import { Args, Flags } from '@oclif/core'
import { MqCommand } from '../src/cli/command.ts'
import { connectionFlags, streamFlags } from '../src/cli/flags.ts'
import { writeJsonLine, writeOut } from '../src/cli/lines.ts'
import { produceInput } from '../src/cli/produce-input.ts'

export default class Produce extends MqCommand {
  static override summary = 'send messages'
  static override description =
    `The message is TEXT, or comes from --file or standard input, where each line is one message unless -f says otherwise.
An input format has the letters that consume -f has: values end at the next literal, or are as long as a size before them says (%V{be32}%v).`
  static override examples = [
    '<%= config.bin %> produce orders "hello"',
    '<%= config.bin %> produce orders "paid" -t paid -k order-42 -H source=web',
    'seq 1 1000 | <%= config.bin %> produce orders',
    '<%= config.bin %> consume orders -e --json | <%= config.bin %> produce copy --input-json'
  ]
  static override enableJsonFlag = false
  static override args = {
    topic: Args.string({ required: true, ignoreStdin: true, description: 'topic to send to' }),
    text: Args.string({ ignoreStdin: true, description: 'the message; absent = read --file or standard input' })
  }
  static override flags = {
    ...connectionFlags,
    ...streamFlags,
    key: Flags.string({ char: 'k', multiple: true, multipleNonGreedy: true, description: 'key; may be repeated' }),
    tag: Flags.string({ char: 't', description: 'tag, which consumers filter by' }),
    property: Flags.string({
      char: 'H',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME=VALUE',
      description: 'property; may be repeated'
    }),
    queue: Flags.integer({ min: 0, description: 'always this queue' }),
    broker: Flags.string({ helpValue: 'NAME', description: 'always this broker' }),
    'delay-level': Flags.integer({
      min: 1,
      max: 18,
      description: 'delivered later: 1 = 1 s … 18 = 2 h, as the broker is set'
    }),
    count: Flags.integer({ default: 1, min: 1, description: 'send each message so many times' }),
    file: Flags.string({ helpValue: 'FILE', description: 'read messages from this file; - = standard input' }),
    format: Flags.string({ char: 'f', default: '%v\\n', description: 'how messages stand in the input' }),
    'input-json': Flags.boolean({ description: 'each input line is a message as consume --json prints it' })
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Produce)
    const { session } = await this.connect(flags)
    const { Producer } = await import('../src/client/producer.ts')
    const producer = new Producer(session, { group: 'MQ_CLI_PRODUCER' })
    let sent = 0
    try {
      for await (const message of produceInput(args.topic, args.text, flags)) {
        for (let left = flags.count; left > 0; left--) {
          const receipt = await producer.send(message)
          sent++
          if (flags.json) await writeJsonLine(receipt)
          else {
            const { brokerName, queueId, queueOffset, messageId, status } = receipt
            const late = status === 'SEND_OK' ? '' : `  ${status}`
            await writeOut(`sent to ${brokerName}/${queueId} at offset ${queueOffset}  ${messageId}${late}\n`)
          }
        }
      }
    } catch (error) {
      if (sent > 0) this.logToStderr(`${sent} messages were sent before this error.`)
      throw error
    }
  }
}
