import { Flags } from '@oclif/core'
import type { GroupOffsets } from '../../../src/admin/group-acts.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { connectionFlags } from '../../../src/cli/flags.ts'
import { groupArg } from '../../../src/cli/group-flags.ts'
import { writeOffsets } from '../../../src/cli/reset-offsets.ts'
import { one } from '../../../src/cli/result.ts'

export default class GroupOffsetsExport extends MqCommand {
  static override summary = 'write what a group has consumed, to put it back later'
  static override description =
    'Into a new file, or as JSON to standard output. `mq group offsets import` reads it. Queues without an offset are left out.'
  static override examples = [
    '<%= config.bin %> group offsets export billing > billing.json',
    '<%= config.bin %> group offsets export billing --topic orders --file before.json'
  ]
  static override result = one('GroupOffsets')
  static override args = groupArg
  static override flags = {
    ...connectionFlags,
    topic: Flags.string({ helpValue: 'TOPIC', description: 'only the offsets of this topic' }),
    file: Flags.string({ helpValue: 'FILE', description: 'write here; a file that is there is left alone' })
  }

  async run(): Promise<GroupOffsets> {
    const { args, flags } = await this.parse(GroupOffsetsExport)
    const found = await this.admin(flags, admin => admin.groupOffsets(args.group, flags.topic))
    this.warnAll(found.warnings)
    if (flags.file === undefined) {
      this.log(JSON.stringify({ group: found.group, offsets: found.offsets }, undefined, 2))
    } else {
      writeOffsets(flags.file, found)
      this.log(`${found.offsets.length} offsets of ${found.group} written to ${flags.file}`)
    }
    return found
  }
}
