import { BenchCommand } from '../../src/cli/bench/command.ts'
import { benchArgs, benchFlags, benchWish, loadFlags } from '../../src/cli/bench/flags.ts'

export default class BenchE2e extends BenchCommand {
  static override summary = 'measure from send to receive, and check every message'
  static override description =
    'Sends and reads at the same time. Each message carries its number and a checksum: what is lost, damaged or comes twice is counted. With --rate latencies count from when the send was due. Ends with 1 when a message was lost or damaged, or a send failed.'
  static override examples = [
    '<%= config.bin %> bench e2e',
    '<%= config.bin %> bench e2e --rate 500/s --duration 1m --histogram',
    '<%= config.bin %> bench e2e --clients 2 --topics 4 --msgs 10000 --json'
  ]
  static override args = benchArgs
  static override flags = { ...benchFlags, ...loadFlags }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(BenchE2e)
    const wish = benchWish('e2e', args.topic, flags)
    if (flags['dry-run']) return this.plan(wish, flags.clients)
    await this.bench(flags, wish, flags.queues)
  }
}
