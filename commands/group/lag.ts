import { Args, Flags } from '@oclif/core'
import type { GroupLag as Lag, LagRow } from '../../src/admin/group-rows.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags, durationFlag } from '../../src/cli/flags.ts'
import { holders, type LagLine, lagLines, lagOf, lagViews, passed } from '../../src/cli/group-lag.ts'
import { listOf } from '../../src/cli/result.ts'
import { systemClock } from '../../src/kit/clock.ts'

const sum = (line: LagLine, of: (row: LagRow) => number): number => line.queues.reduce((all, row) => all + of(row), 0)
const last = ({ queues }: LagLine): string | undefined =>
  queues
    .flatMap(row => row.lastConsumed ?? [])
    .sort()
    .at(-1)

export default class GroupLag extends MqCommand {
  static override summary = 'show how far groups are behind, and fail when it is too far'
  static override description =
    'Without a name all groups that have offsets. --max and --max-age are for scripts: the exit code is 9 when a group is further behind.'
  static override examples = [
    '<%= config.bin %> group lag billing',
    '<%= config.bin %> group lag billing --by client',
    '<%= config.bin %> group lag billing audit --max 1000 --max-age 5m'
  ]
  static override result = listOf('GroupLag')
  static override strict = false
  static override args = { group: Args.string({ ignoreStdin: true, description: 'name of a group; may be several' }) }
  static override flags = {
    ...connectionFlags,
    topic: Flags.string({ helpValue: 'TOPIC', description: 'only the lag in this topic' }),
    by: Flags.option({ options: lagViews })({ description: 'a line for each; queue for one group, else topic' }),
    max: Flags.integer({ min: 0, helpValue: 'N', description: 'exit with 9 when a group lags more messages' }),
    'max-age': durationFlag({ description: 'exit with 9 when a message waits longer' })
  }

  async run(): Promise<ListResult<Lag>> {
    const { argv, flags } = await this.parse(GroupLag)
    const by = flags.by ?? (argv.length === 1 ? 'queue' : 'topic')
    const limits = { max: flags.max, maxAgeMs: flags['max-age'] }
    const lines: LagLine[] = []
    const findings: string[] = []
    const warnings: string[] = []
    const items = await this.admin(flags, async admin => {
      const found = await lagOf(admin, argv as string[], flags.topic)
      for (const lag of found) {
        const holder = by === 'client' ? await holders(admin, lag.group) : { of: () => undefined, warnings: [] }
        lines.push(...lagLines(lag, by, holder.of))
        warnings.push(...lag.warnings, ...holder.warnings)
        findings.push(...(await passed(admin, lag, limits, systemClock.now())))
      }
      return found
    })
    this.warnAll(warnings)
    this.table(lines, [
      { title: 'GROUP', value: line => line.group },
      ...(by === 'client' ? [{ title: 'CLIENT', value: (line: LagLine) => line.clientId }] : []),
      { title: 'TOPIC', value: line => line.topic },
      ...(by === 'queue'
        ? [{ title: 'QUEUE', value: (line: LagLine) => `${line.queues[0]!.brokerName}/${line.queues[0]!.queueId}` }]
        : [{ title: 'QUEUES', value: (line: LagLine) => line.queues.length, align: 'right' as const }]),
      { title: 'CONSUMED', value: line => sum(line, row => row.consumerOffset), align: 'right' },
      { title: 'END', value: line => sum(line, row => row.brokerOffset), align: 'right' },
      { title: 'LAG', value: line => sum(line, row => row.lag), align: 'right' },
      { title: 'LAST CONSUMED', value: last }
    ])
    if (lines.length === 0) this.note('Nothing was consumed yet, so there are no offsets to compare.')
    for (const finding of findings) this.logToStderr(`Too far behind: ${finding}`)
    const result = { items, truncated: false, next: null, warnings }
    return findings.length > 0 ? this.endWith(result, 9) : result
  }
}
