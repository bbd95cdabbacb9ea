import { MqCommand } from '../../src/cli/command.ts'
import { changeFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'
import type { ServiceUnit } from '../../src/cli/result-rows.ts'
import * as service from '../../src/cli/service-unit.ts'

export default class ServiceInstall extends MqCommand {
  static override summary = 'write a systemd unit for a NameServer or broker, and say what to run next'
  static override description =
    'It only writes the file: systemd learns of it, and starts it, by the commands that are printed.'
  static override examples = [
    '<%= config.bin %> service install namesrv --user',
    '<%= config.bin %> service install broker -c /etc/mq/broker.conf -n ns1:9876 --dry-run'
  ]
  static override result = one('ServiceUnit')
  static override args = service.serviceArgs
  static override flags = { ...service.serviceFlags, ...changeFlags }

  async run(): Promise<ServiceUnit> {
    const { args, flags } = await this.parse(ServiceInstall)
    const dryRun = flags['dry-run']
    const unit = service.serviceUnit(args.role as service.ServiceRole, flags, this.config.root, dryRun)
    const before = service.installedUnit(unit)
    if (!dryRun && before !== unit.text) service.writeUnit(unit)
    const act = before === undefined ? 'write' : before === unit.text ? 'keep' : 'replace'
    const done = { write: 'wrote', keep: 'kept', replace: 'replaced' }[act]
    this.log(dryRun ? `would ${act} ${unit.path}:\n\n${unit.text}` : `${done} ${unit.path}`)
    for (const [at, line] of unit.next.entries()) this.log(`${at === 0 ? 'Next: ' : '      '}${line}`)
    return unit
  }
}
