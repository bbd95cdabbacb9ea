import { Flags } from '@oclif/core'
import { type ListResult, MqCommand } from '../src/cli/command.ts'
import { exitCodes } from '../src/cli/exit-codes.ts'
import { connectionFlags } from '../src/cli/flags.ts'
import { manifestFlags } from '../src/cli/manifests/flags.ts'
import { planOf } from '../src/cli/manifests/plan.ts'
import { readManifests } from '../src/cli/manifests/read.ts'
import { planColumns, planSummary } from '../src/cli/manifests/show.ts'
import { listOf } from '../src/cli/result.ts'
import type { ManifestRow } from '../src/cli/result-rows.ts'

export default class Diff extends MqCommand {
  static override summary = 'show what `apply` would change'
  static override description =
    '+ is created, ~ is changed. With --exit-code it exits with 9 when there is anything to change.'
  static override examples = [
    '<%= config.bin %> diff -f cluster.yaml',
    '<%= config.bin %> diff -f ./manifests --exit-code --json'
  ]
  static override result = listOf('ManifestRow')
  static override flags = {
    ...connectionFlags,
    ...manifestFlags,
    'exit-code': Flags.boolean({ description: 'exit with 9 when something would change' })
  }

  async run(): Promise<ListResult<ManifestRow>> {
    const { flags } = await this.parse(Diff)
    const manifests = await readManifests(flags.file, process.stdin)
    const items = (await this.admin(flags, admin => planOf(admin, manifests))).map(({ row }) => row)
    const changed = items.filter(row => row.outcome === 'planned')
    if (changed.length > 0) this.table(changed, planColumns)
    this.logToStderr(planSummary(items))
    const result = { items, truncated: false, next: null, warnings: [] }
    return flags['exit-code'] && changed.length > 0 ? this.endWith(result, exitCodes.threshold) : result
  }
}
