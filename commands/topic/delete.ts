import { Args, Flags } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { confirmed } from '../../src/cli/confirm.ts'
import { confirmFlags, connectionFlags } from '../../src/cli/flags.ts'

export default class TopicDelete extends MqCommand {
  static override summary = 'delete a topic with its queues'
  static override description =
    'Its messages can no longer be read. Without a terminal, --confirm NAME or --yes is needed.'
  static override examples = [
    '<%= config.bin %> topic delete orders',
    '<%= config.bin %> topic delete orders --confirm orders'
  ]
  static override args = { topic: Args.string({ required: true, ignoreStdin: true, description: 'name of the topic' }) }
  static override flags = {
    ...connectionFlags,
    ...confirmFlags,
    cluster: Flags.string({ helpValue: 'NAME', description: 'cluster to act on; needed only when there are several' })
  }

  async run(): Promise<{ topic: string; deletedOn: readonly string[] }> {
    const { args, flags } = await this.parse(TopicDelete)
    const { topic } = args
    const deletedOn = await this.admin(flags, async admin => {
      const route = await admin.topicRoute(topic)
      const where = route.map(row => row.brokerName).join(', ')
      await confirmed(`deleting the topic ${topic} on ${where}`, topic, flags)
      return admin.deleteTopic(topic, { cluster: flags.cluster })
    })
    this.log(`Topic ${topic} deleted on ${deletedOn.join(', ')}`)
    return { topic, deletedOn }
  }
}
