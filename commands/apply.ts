import { type ListResult, MqCommand } from '../src/cli/command.ts'
import { confirmed } from '../src/cli/confirm.ts'
import { exitCodes } from '../src/cli/exit-codes.ts'
import { changeFlags, confirmFlags, connectionFlags } from '../src/cli/flags.ts'
import { applyPlan } from '../src/cli/manifests/apply.ts'
import { manifestFlags } from '../src/cli/manifests/flags.ts'
import { planOf } from '../src/cli/manifests/plan.ts'
import { readManifests } from '../src/cli/manifests/read.ts'
import { planColumns, planSummary } from '../src/cli/manifests/show.ts'
import { isPartial } from '../src/cli/outcomes.ts'
import { listOf } from '../src/cli/result.ts'
import type { ManifestRow } from '../src/cli/result-rows.ts'

export default class Apply extends MqCommand {
  static override summary = 'create and change topics and groups as manifests say'
  static override description =
    'Shows the plan and asks; without a terminal, --yes is needed where there is something to change. Nothing is ever deleted. Also reads the files of mqadmin updateTopicList, updateSubGroupList and exportMetadata. Exits with 3 when some objects failed.'
  static override examples = [
    '<%= config.bin %> apply -f cluster.yaml --dry-run',
    '<%= config.bin %> apply -f ./manifests --yes'
  ]
  static override result = listOf('ManifestRow')
  static override flags = { ...connectionFlags, ...manifestFlags, ...changeFlags, ...confirmFlags }

  async run(): Promise<ListResult<ManifestRow>> {
    const { flags } = await this.parse(Apply)
    const manifests = await readManifests(flags.file, process.stdin)
    const items = await this.admin(flags, async admin => {
      const plan = await planOf(admin, manifests)
      const rows = plan.map(({ row }) => row)
      this.logToStderr(planSummary(rows))
      if (flags['dry-run'] || rows.every(row => row.outcome !== 'planned')) return rows
      if (process.stdin.isTTY)
        this.table(
          rows.filter(row => row.outcome === 'planned'),
          planColumns
        )
      await confirmed('applying these changes', 'apply', flags)
      return applyPlan(admin, plan)
    })
    this.table(items, planColumns)
    const result = { items, truncated: false, next: null, warnings: [] }
    return isPartial(items) ? this.endWith(result, exitCodes.partial) : result
  }
}
