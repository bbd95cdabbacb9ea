/** What the commands of `bench` share: topics, the run, and the exit code. */
import { MqCommand } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import type { ConnectionFlags } from '../flags.ts'
import { onInterrupt } from '../interrupts.ts'
import type { BenchWish } from './flags.ts'
import type { ShowFlags } from './show.ts'

export abstract class BenchCommand extends MqCommand {
  static override enableJsonFlag = false
  static override streamOf = 'BenchEvent'

  /** `queues` = make topics that are not there, with so many; absent = they must be there. */
  protected async bench(flags: ConnectionFlags & ShowFlags, wish: BenchWish, queues?: number): Promise<void> {
    const { session, admin } = await this.connect(flags)
    const { benchTopics, showBench } = await import('./show.ts')
    const made = queues === undefined ? [] : await benchTopics(admin, wish.topics, queues)
    if (made.length > 0) this.logToStderr(`Made ${made.join(' ')}; it stays there until \`mq topic delete\`.`)
    const interrupts = onInterrupt()
    const { lost, damaged, errors } = await showBench(session, wish, flags, interrupts)
    const bad = lost + damaged + errors > 0
    const code = bad ? exitCodes.refused : interrupts.exitCode
    if (code === exitCodes.done) return
    await this.finally(undefined)
    this.exit(code)
  }

  protected plan(wish: BenchWish, clients: number): void {
    const { kind, topics, rate, msgs, durationMs } = wish
    const end = msgs === undefined ? `for ${(durationMs ?? 0) / 1000} s` : `until ${msgs} messages are sent`
    const speed = rate === undefined ? 'as fast as they are stored' : `at ${rate} a second`
    this.log(`would ${kind} to ${topics.join(' ')} with ${clients} clients ${end}, ${speed}; nothing was sent`)
  }
}
