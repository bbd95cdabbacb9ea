import { Flags } from '@oclif/core'
import type { CreatedTopic } from '../../src/admin/topic-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { changeFlags, connectionFlags, targetFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'
import { topicArg } from '../../src/cli/topic-args.ts'
import { permOptions, topicSpec, topicTypes } from '../../src/cli/topic-spec.ts'

export default class TopicCreate extends MqCommand {
  static override summary = 'create a topic'
  static override description =
    'Returns when every NameServer gives the route, so that clients can use the topic at once.'
  static override examples = [
    '<%= config.bin %> topic create orders',
    '<%= config.bin %> topic create orders --queues 16 --if-not-exists',
    '<%= config.bin %> topic create audit --type FIFO --broker broker-a'
  ]
  static override result = one('CreatedTopic')
  static override args = topicArg
  static override flags = {
    ...connectionFlags,
    ...targetFlags,
    ...changeFlags,
    queues: Flags.integer({
      default: 8,
      min: 1,
      max: 65_535,
      description: 'queues on each broker, to read and to write'
    }),
    'read-queues': Flags.integer({ min: 1, max: 65_535, description: 'queues to read, when not as many as to write' }),
    'write-queues': Flags.integer({ min: 1, max: 65_535, description: 'queues to write, when not as many as to read' }),
    perm: Flags.option({ options: permOptions })({ default: 'RW', description: 'what clients may do' }),
    type: Flags.option({ options: topicTypes })({ description: 'kind of messages, for 5.x clients' }),
    attr: Flags.string({ multiple: true, helpValue: 'NAME=VALUE', description: 'an attribute; may be repeated' }),
    order: Flags.boolean({ description: 'clients keep to the order of queues even while a broker is away' }),
    'if-not-exists': Flags.boolean({ exclusive: ['or-update'], description: 'leave a topic that is there as it is' }),
    'or-update': Flags.boolean({ description: 'change a topic that is there' }),
    'no-wait': Flags.boolean({ description: 'do not wait for the route' })
  }

  async run(): Promise<CreatedTopic> {
    const { args, flags } = await this.parse(TopicCreate)
    const spec = topicSpec(args.topic, flags)
    const existing = flags['or-update'] ? 'update' : flags['if-not-exists'] ? 'keep' : 'fail'
    const dryRun = flags['dry-run']
    const options = {
      existing,
      wait: !flags['no-wait'],
      cluster: flags.cluster,
      brokers: flags.broker,
      dryRun
    } as const
    const created = await this.admin(flags, admin => admin.createTopic(spec, options))
    const where = created.brokers.join(', ')
    const outcome = dryRun ? `would be ${created.outcome}` : created.outcome
    if (created.outcome === 'kept') this.log(`Topic ${created.topic} is there already on ${where}`)
    else this.log(`Topic ${created.topic} ${outcome} with ${created.writeQueueNums} queues on ${where}`)
    for (const { brokerName, error } of created.failed ?? []) this.warnAll([`not on ${brokerName}: ${error}`])
    return created.failed === undefined ? created : this.endWith(created, exitCodes.partial)
  }
}
