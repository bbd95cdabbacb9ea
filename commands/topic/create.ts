import { Args, Flags } from '@oclif/core'
import type { CreatedTopic } from '../../src/admin/admin.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags, targetFlags } from '../../src/cli/flags.ts'
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
  static override args = { topic: Args.string({ required: true, ignoreStdin: true, description: 'name of the topic' }) }
  static override flags = {
    ...connectionFlags,
    ...targetFlags,
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
    const created = await this.admin(flags, admin =>
      admin.createTopic(spec, { existing, wait: !flags['no-wait'], cluster: flags.cluster, brokers: flags.broker })
    )
    const where = created.brokers.join(', ')
    if (created.outcome === 'kept') this.log(`Topic ${created.topic} is there already on ${where}`)
    else this.log(`Topic ${created.topic} ${created.outcome} with ${created.writeQueueNums} queues on ${where}`)
    return created
  }
}
