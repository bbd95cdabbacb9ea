import { MqCommand } from '../../src/cli/command.ts'
import { confirmed } from '../../src/cli/confirm.ts'
import { changeFlags, confirmFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'
import type { ServiceUnit } from '../../src/cli/result-rows.ts'
import * as service from '../../src/cli/service-unit.ts'
import { MqError } from '../../src/kit/errors.ts'

export default class ServiceUninstall extends MqCommand {
  static override summary = 'remove the systemd unit that `service install` wrote'
  static override description = 'Data and settings stay. Stop the service first: systemd runs it on until then.'
  static override examples = [
    '<%= config.bin %> service uninstall broker --dry-run',
    '<%= config.bin %> service uninstall broker --user --confirm mq-broker'
  ]
  static override result = one('ServiceUnit')
  static override args = service.serviceArgs
  static override flags = { ...service.serviceFlags, ...changeFlags, ...confirmFlags }

  async run(): Promise<ServiceUnit> {
    const { args, flags } = await this.parse(ServiceUninstall)
    const { yes, confirm, user, 'dry-run': dryRun } = flags
    const wanted = service.serviceUnit(
      args.role as service.ServiceRole,
      { ...flags, config: undefined },
      this.config.root,
      dryRun
    )
    const text = service.installedUnit(wanted)
    if (text === undefined) throw new MqError('MQ_NOT_FOUND', `there is no unit ${wanted.path}`)
    const systemctl = user ? 'systemctl --user' : 'sudo systemctl'
    const unit = { ...wanted, text, next: [`${systemctl} daemon-reload`] }
    const name = `mq-${args.role}`
    if (!dryRun) {
      await confirmed(`removing the unit ${unit.path}`, name, { yes, confirm })
      service.removeUnit(unit)
    }
    this.log(`${dryRun ? 'would remove' : 'removed'} ${unit.path}`)
    this.log(`Before: ${systemctl} disable --now ${name}\nAfter:  ${systemctl} daemon-reload`)
    return unit
  }
}
