import { Flags } from '@oclif/core'
import type { ReplayRow } from '../../src/admin/message-acts.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { replay } from '../../src/cli/dead-letters.ts'
import { changeFlags, connectionFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { narrowFlags, windowFlags } from '../../src/cli/message-flags.ts'
import { parseRate } from '../../src/cli/pace.ts'
import { listOf } from '../../src/cli/result.ts'

export default class DlqReplay extends MqCommand {
  static override summary = 'send dead letters of a group again'
  static override description =
    'To the topic where each came from, where every group of that topic gets it, or to --to-topic. They also stay where they are: replaying twice sends twice. All that were there at the start, unless --ids, a time or a filter says which.'
  static override examples = [
    '<%= config.bin %> dlq replay billing --dry-run',
    '<%= config.bin %> dlq replay billing --from -1d --grep timeout --rate 50/s',
    '<%= config.bin %> dlq replay billing --ids 7F0000010000A2C3000000000000001A --to-topic billing-again'
  ]
  static override result = listOf('ReplayRow')
  static override args = groupArg
  static override flags = {
    ...connectionFlags,
    ...changeFlags,
    ...windowFlags,
    ...narrowFlags,
    ids: Flags.string({
      multiple: true,
      delimiter: ',',
      exclusive: ['from', 'to', 'grep', 'tags', 'queue'],
      helpValue: 'ID,…',
      description: 'only these'
    }),
    'to-topic': Flags.string({ helpValue: 'TOPIC', description: 'topic that gets them, when not their own' }),
    rate: Flags.string({ helpValue: 'N/s', description: 'at most so many' })
  }

  async run(): Promise<ListResult<ReplayRow>> {
    const { args, flags } = await this.parse(DlqReplay)
    const rate = flags.rate === undefined ? undefined : parseRate(flags.rate)
    const wish = { ...flags, group: args.group, toTopic: flags['to-topic'], rate, dryRun: flags['dry-run'] }
    const done = await this.admin(flags, admin => replay(admin, { ...wish, ids: flags.ids }))
    this.warnAll(done.warnings)
    this.table(done.items, [
      { title: 'MESSAGE ID', value: row => row.messageId },
      { title: 'TO', value: row => row.to },
      { title: 'OUTCOME', value: row => row.outcome },
      { title: 'SENT AS', value: row => row.sentAs }
    ])
    const failed = done.items.filter(row => row.outcome === 'failed').length
    this.log('')
    this.log(
      `${done.items.length - failed} dead letters of ${args.group} ${flags['dry-run'] ? 'would be sent' : 'sent'} again`
    )
    return failed > 0 ? this.endWith(done, failed === done.items.length ? 1 : 3) : done
  }
}
