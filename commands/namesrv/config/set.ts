import { Args } from '@oclif/core'
import type { NamesrvChange } from '../../../src/admin/broker-rows.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { exitCodes } from '../../../src/cli/exit-codes.ts'
import { changeFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { isPartial } from '../../../src/cli/outcomes.ts'
import { one } from '../../../src/cli/result.ts'
import { parseSettings } from '../../../src/cli/settings.ts'

export default class NamesrvConfigSet extends MqCommand {
  static override summary = 'change settings of every NameServer'
  static override description = 'They share nothing, so each is told; it counts at once and is kept over restarts.'
  static override examples = [
    '<%= config.bin %> namesrv config set orderMessageEnable=true',
    '<%= config.bin %> namesrv config set needWaitForService=true waitSecondsForService=30 --dry-run'
  ]
  static override strict = false
  static override result = one('NamesrvChange')
  static override args = {
    setting: Args.string({ required: true, ignoreStdin: true, description: 'KEY=VALUE; may be repeated' })
  }
  static override flags = { ...connectionFlags, ...changeFlags }

  async run(): Promise<NamesrvChange> {
    const { argv, flags } = await this.parse(NamesrvConfigSet)
    const entries = parseSettings(argv as string[])
    const done = await this.admin(flags, admin => admin.setNamesrvConfig(entries, flags['dry-run']))
    this.table(done.nameServers, [
      { title: 'NAMESERVER', value: row => row.address },
      { title: 'OUTCOME', value: row => row.outcome },
      { title: 'WHY', value: row => row.error ?? '' }
    ])
    for (const { key, value } of done.entries) this.log(`${key}=${value}`)
    return isPartial(done.nameServers) ? this.endWith(done, exitCodes.partial) : done
  }
}
