import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Flags } from '@oclif/core'
import { clusterFlag } from '../src/cli/broker-args.ts'
import { type ListResult, MqCommand } from '../src/cli/command.ts'
import { connectionFlags } from '../src/cli/flags.ts'
import { type ExportKind, exported, exportKinds } from '../src/cli/manifests/export.ts'
import { grouped } from '../src/cli/manifests/grouped.ts'
import { yamlText } from '../src/cli/manifests/show.ts'
import { listOf } from '../src/cli/result.ts'
import type { ManifestDocument } from '../src/cli/result-rows.ts'
import { MqError } from '../src/kit/errors.ts'

export default class Export extends MqCommand {
  static override summary = 'write topics and groups as manifests; settings and figures of brokers too'
  static override description =
    'YAML on standard output, or a file for each kind in a directory. `mq apply` reads topics and groups back.'
  static override examples = [
    '<%= config.bin %> export > cluster.yaml',
    '<%= config.bin %> export --kinds topic,group,config,metrics --dir ./backup',
    '<%= config.bin %> export --kinds config --json'
  ]
  static override result = listOf('ManifestDocument')
  static override flags = {
    ...connectionFlags,
    ...clusterFlag,
    kinds: Flags.string({
      default: 'topic,group',
      helpValue: 'KIND,…',
      description: `of ${exportKinds.join(', ')}`
    }),
    special: Flags.boolean({ description: 'also retry and dead letter topics' }),
    dir: Flags.string({ helpValue: 'DIR', description: 'write files here: topics.yaml, groups.yaml, …' })
  }

  async run(): Promise<ListResult<ManifestDocument>> {
    const { flags } = await this.parse(Export)
    const kinds = flags.kinds.split(',').map(text => text.trim())
    const wrong = kinds.find(kind => !exportKinds.includes(kind as ExportKind))
    if (wrong !== undefined) throw new MqError('MQ_USAGE', `${wrong} is no kind: there are ${exportKinds.join(', ')}`)
    const wish = { kinds: kinds as ExportKind[], cluster: flags.cluster, special: flags.special }
    const { items, warnings } = await this.admin(flags, admin => exported(admin, wish))
    this.warnAll(warnings)
    if (flags.dir === undefined) this.log(yamlText(items).trimEnd())
    else await this.#write(flags.dir, items)
    return { items, truncated: false, next: null, warnings }
  }

  async #write(dir: string, items: readonly ManifestDocument[]): Promise<void> {
    await mkdir(dir, { recursive: true })
    for (const [kind, documents] of grouped(items, item => item.kind)) {
      const file = join(dir, fileNames.get(kind)!)
      // Settings may hold addresses and secrets.
      await writeFile(file, yamlText(documents), { mode: 0o600 })
      this.log(`${documents.length} in ${file}`)
    }
  }
}

const fileNames: ReadonlyMap<string, string> = new Map([
  ['Topic', 'topics.yaml'],
  ['ConsumerGroup', 'groups.yaml'],
  ['BrokerConfig', 'config.yaml'],
  ['BrokerMetrics', 'metrics.yaml']
])
