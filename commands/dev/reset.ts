import { MqCommand } from '../../src/cli/command.ts'
import { confirmed } from '../../src/cli/confirm.ts'
import { dataDirFlag } from '../../src/cli/daemon-flags.ts'
import { changeFlags, confirmFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'
import type { DevReset as Result } from '../../src/cli/result-rows.ts'
import { daemonFiles, defaultDataDir } from '../../src/daemon/data-dirs.ts'
import { devData, removeDevData } from '../../src/daemon/reset-dev.ts'
import { systemClock } from '../../src/kit/clock.ts'

export default class DevReset extends MqCommand {
  static override summary = 'delete all data of `mq dev`: topics, messages, offsets'
  static override description =
    'Only what `mq dev` itself has put into its data directory goes, and only while it does not run. The name to confirm with is `dev`.'
  static override examples = [
    '<%= config.bin %> dev reset --dry-run',
    '<%= config.bin %> dev reset --confirm dev',
    '<%= config.bin %> dev reset --data-dir ./data --confirm dev'
  ]
  static override result = one('DevReset')
  static override flags = { ...dataDirFlag, ...changeFlags, ...confirmFlags }

  async run(): Promise<Result> {
    const { flags } = await this.parse(DevReset)
    const { yes, confirm, 'dry-run': dryRun } = flags
    const files = daemonFiles('dev', flags['data-dir'] ?? defaultDataDir('dev', process.env))
    const entries = await devData(files, systemClock)
    const result = { dataDir: files.dir, entries, dryRun }
    if (!dryRun && entries.length > 0) {
      await confirmed(`deleting all data of mq dev in ${files.dir}`, 'dev', { yes, confirm })
      await removeDevData(files, entries, systemClock)
    }
    const what = entries.length === 0 ? 'nothing' : entries.join(', ')
    this.log(`${dryRun ? 'would delete' : 'deleted'} ${what} in ${files.dir}`)
    return result
  }
}
