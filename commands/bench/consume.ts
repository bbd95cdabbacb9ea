import { Flags } from '@oclif/core'
import { BenchCommand } from '../../src/cli/bench/command.ts'
import { benchArgs, benchFlags, benchWish } from '../../src/cli/bench/flags.ts'

export default class BenchConsume extends BenchCommand {
  static override summary = 'measure how fast messages are read'
  static override description =
    'Reads what is there from its start to its end, or goes on until --msgs or --duration. Without a group nothing is committed. The latency is that of messages which are stored while it reads: from the store to here. Ends with 1 when offsets are missing or a body of `bench` is damaged.'
  static override examples = [
    '<%= config.bin %> bench consume',
    '<%= config.bin %> bench consume orders --clients 4',
    '<%= config.bin %> bench consume orders -g bench-group --duration 30s --json'
  ]
  static override args = benchArgs
  static override flags = {
    ...benchFlags,
    group: Flags.string({ char: 'g', description: 'read as members of this group, whose offsets then move' })
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(BenchConsume)
    await this.bench(flags, benchWish('consume', args.topic, flags))
  }
}
