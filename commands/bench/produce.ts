import { BenchCommand } from '../../src/cli/bench/command.ts'
import { benchArgs, benchFlags, benchWish, loadFlags } from '../../src/cli/bench/flags.ts'

export default class BenchProduce extends BenchCommand {
  static override summary = 'measure how fast messages are stored'
  static override description =
    'Sends until --msgs or --duration (10 s) and tells rates and latencies. With --rate a latency counts from when the send was due, so that a stall of the broker shows in all sends behind it. Ends with 1 when a send failed; Ctrl-C ends it with the figures so far.'
  static override examples = [
    '<%= config.bin %> bench produce',
    '<%= config.bin %> bench produce --clients 4 --size 4k --duration 30s --warm-up 5s',
    '<%= config.bin %> bench produce load --rate 2000/s --histogram --csv load.csv',
    '<%= config.bin %> bench produce --msgs 100000 --batch 100 --size-dist 100:80,4k:20 --json'
  ]
  static override args = benchArgs
  static override flags = { ...benchFlags, ...loadFlags }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(BenchProduce)
    const wish = benchWish('produce', args.topic, flags)
    if (flags['dry-run']) return this.plan(wish, flags.clients)
    await this.bench(flags, wish, flags.queues)
  }
}
