import { Args, Flags } from '@oclif/core'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { changeFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'
import type { WrittenFile } from '../../src/cli/result-rows.ts'
import { templateNames, writeTemplates } from '../../src/cli/templates.ts'

export default class ConfigInit extends MqCommand {
  static override summary = 'write configuration files to begin with'
  static override description =
    'Without a name it writes mq.yaml. A file that is there is left as it is, unless --force is given.'
  static override examples = [
    '<%= config.bin %> config init',
    '<%= config.bin %> config init broker.conf namesrv.conf --dir /etc/mq',
    '<%= config.bin %> config init compose.yaml Dockerfile --dry-run'
  ]
  static override strict = false
  static override args = {
    file: Args.string({ ignoreStdin: true, description: `which: ${templateNames().join(', ')}, or all` })
  }
  static override flags = {
    ...changeFlags,
    dir: Flags.string({ default: '.', helpValue: 'DIR', description: 'where to' }),
    force: Flags.boolean({ description: 'write over files that are there' })
  }
  static override result = listOf('WrittenFile')

  async run(): Promise<ListResult<WrittenFile>> {
    const { argv, flags } = await this.parse(ConfigInit)
    const wish = { dir: flags.dir, force: flags.force ?? false, dryRun: flags['dry-run'] }
    const items = writeTemplates(argv as string[], wish)
    for (const { file, outcome } of items)
      this.log(`${file} ${outcome === 'kept' ? 'is there already; --force writes over it' : outcome}`)
    return { items, truncated: false, next: null, warnings: [] }
  }
}
