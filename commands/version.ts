import { MqCommand } from '../src/cli/command.ts'
import { one } from '../src/cli/result.ts'
import type { VersionInfo } from '../src/cli/result-rows.ts'

export default class Version extends MqCommand {
  static override summary = 'show the version of mq, and of Node'
  static override description = '`--version` prints the same on one line.'
  static override examples = ['<%= config.bin %> version', '<%= config.bin %> version --json']
  static override result = one('VersionInfo')

  async run(): Promise<VersionInfo> {
    await this.parse(Version)
    const { version, platform, arch } = this.config
    const found = { mq: version, node: process.versions.node, platform: `${platform}-${arch}` }
    this.log(`mq ${found.mq}, Node ${found.node}, ${found.platform}`)
    return found
  }
}
