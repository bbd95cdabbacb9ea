import { MqCommand } from '../../src/cli/command.ts'
import { one } from '../../src/cli/result.ts'
import type { ServiceUnit } from '../../src/cli/result-rows.ts'
import { type ServiceRole, serviceArgs, serviceFlags, serviceUnit } from '../../src/cli/service-unit.ts'

export default class ServicePrint extends MqCommand {
  static override summary = 'print the systemd unit that `service install` would write'
  static override description = 'Changes nothing.'
  static override examples = [
    '<%= config.bin %> service print broker -c broker.conf --systemd',
    '<%= config.bin %> service print namesrv --user > ~/.config/systemd/user/mq-namesrv.service'
  ]
  static override result = one('ServiceUnit')
  static override args = serviceArgs
  static override flags = serviceFlags

  async run(): Promise<ServiceUnit> {
    const { args, flags } = await this.parse(ServicePrint)
    const unit = serviceUnit(args.role as ServiceRole, flags, this.config.root)
    this.log(unit.text.trimEnd())
    return unit
  }
}
