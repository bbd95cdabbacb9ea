import { Args } from '@oclif/core'
import { MqCommand } from '../src/cli/command.ts'
import { checkConsume, commitOf, consumeFlags } from '../src/cli/consume-flags.ts'
import { exitCodes } from '../src/cli/exit-codes.ts'
import { onInterrupt } from '../src/cli/interrupts.ts'
import { messageFilter } from '../src/cli/message-filter.ts'
import { parseOffsets } from '../src/cli/offsets.ts'
import { systemClock } from '../src/kit/clock.ts'

const idleMs = 2000

export default class Consume extends MqCommand {
  static override summary = 'read messages'
  static override description =
    `Without a group this only looks: nothing is committed and no consumer is disturbed. With --group it is one more member of the group, and commits what it has printed, never more.
It goes on until Ctrl-C, unless -N, -e or the end of an offset range stops it.`
  static override examples = [
    '<%= config.bin %> consume orders',
    '<%= config.bin %> consume orders -O -10 -e',
    '<%= config.bin %> consume orders -O @-15m --grep "order-4[0-9]" -o json',
    '<%= config.bin %> consume orders -g billing -N 1 -f "%k %v\\n"',
    '<%= config.bin %> consume orders -g billing --exec "./handle-order.sh"'
  ]
  static override enableJsonFlag = false
  static override streamOf = 'MessageRow'
  static override strict = false
  static override hiddenAliases = ['topic:consume']
  static override args = {
    topic: Args.string({ required: true, ignoreStdin: true, description: 'topic to read; several may be given' })
  }
  static override flags = consumeFlags

  protected override async init(): Promise<void> {
    await super.init()
    // A reader that goes away ends the reading properly: the group is left, with what was written committed.
    process.stdout.removeAllListeners('error').on('error', () => {})
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Consume)
    checkConsume(flags)
    const [{ runConsume }, { messageSink }] = await Promise.all([
      import('../src/cli/consume-run.ts'),
      import('../src/cli/message-sink.ts')
    ])
    const range = parseOffsets(flags.offset, systemClock.now())
    const filter = messageFilter(flags)
    const sink = await messageSink(flags, flags.json, this.screen)
    const { session } = await this.connect(flags)
    const { group, tags, queue, broker, orderly, broadcast } = flags
    const wish = { topics: argv as string[], group, tags, queue, broker, range, toEnd: flags['exit-at-end'] }
    const interrupts = onInterrupt()
    const idle = systemClock.after(idleMs, () => this.#say('Waiting for messages, Ctrl-C to stop.'))
    const { handedBack, failed } = await runConsume(session, {
      wish: { ...wish, commit: commitOf(flags.ack), orderly, broadcast },
      sink,
      filter,
      num: flags.num,
      interrupts,
      onFirst: () => idle.cancel()
    }).finally(() => idle.cancel())
    if (handedBack > 0) this.logToStderr(`${handedBack} messages failed; the broker delivers them again later.`)
    if (failed > 0) this.logToStderr(`${failed} messages failed.`)
    const code = interrupts.exitCode || (failed > 0 ? exitCodes.partial : 0)
    if (code === 0) return
    await this.finally(undefined)
    this.exit(code)
  }

  #say(text: string): void {
    if (process.stderr.isTTY) process.stderr.write(`${text}\n`)
  }
}
