import { Flags } from '@oclif/core'
import type { TopicRow } from '../../src/admin/topic-rows.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { namePattern } from '../../src/cli/name-pattern.ts'
import { permWord } from '../../src/cli/perms.ts'
import { listOf } from '../../src/cli/result.ts'
import { topicsOf, unusedTopics } from '../../src/cli/topic-choice.ts'

const types = ['NORMAL', 'FIFO', 'DELAY', 'TRANSACTION', 'MIXED', 'LITE', 'RETRY', 'DLQ', 'SYSTEM'] as const

export default class TopicList extends MqCommand {
  static override summary = 'list topics'
  static override description =
    'Lists the topics of people; --all adds those of the system, and retry and dead letter topics.'
  static override examples = [
    '<%= config.bin %> topic list',
    '<%= config.bin %> topic list --match "order.*" --json',
    '<%= config.bin %> topic list --unused',
    '<%= config.bin %> topic list --type DLQ'
  ]
  static override result = listOf('TopicRow')
  static override flags = {
    ...connectionFlags,
    all: Flags.boolean({ char: 'a', description: 'also topics of the system, retry and dead letter topics' }),
    type: Flags.option({ options: types })({ description: 'only topics of this type' }),
    cluster: Flags.string({ helpValue: 'NAME', description: 'only topics of this cluster' }),
    unused: Flags.boolean({ description: 'only topics without a message, and without a group that has read them' }),
    match: Flags.string({ description: 'only topics whose whole name matches', helpValue: 'RE' })
  }

  async run(): Promise<ListResult<TopicRow>> {
    const { flags } = await this.parse(TopicList)
    const wanted = namePattern(flags.match)
    const { items, shown, warnings } = await this.admin(flags, async admin => {
      const listing = await topicsOf(admin, flags.cluster)
      const chosen = listing.items.filter(
        row =>
          wanted.test(row.topic) &&
          (flags.type === undefined
            ? flags.all || !['SYSTEM', 'RETRY', 'DLQ'].includes(row.type)
            : row.type === flags.type)
      )
      return { ...listing, shown: flags.unused ? await unusedTopics(admin, chosen) : chosen }
    })
    this.warnAll(warnings)
    if (shown.length === 0) this.logToStderr(`No topics${items.length > 0 ? ' of this kind; --all shows all' : ''}.`)
    else {
      this.table(shown, [
        { title: 'TOPIC', value: row => row.topic },
        { title: 'TYPE', value: row => row.type },
        { title: 'READ QUEUES', value: row => row.readQueueNums, align: 'right' },
        { title: 'WRITE QUEUES', value: row => row.writeQueueNums, align: 'right' },
        { title: 'PERM', value: row => (row.perm === undefined ? undefined : permWord(row.perm)) },
        { title: 'BROKERS', value: row => row.brokers.join(',') }
      ])
    }
    return { items: shown, truncated: false, next: null, warnings }
  }
}
