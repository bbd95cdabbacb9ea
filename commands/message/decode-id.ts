import type { DecodedId } from '../../src/admin/client-rows.ts'
import { decodeId } from '../../src/admin/decode-id.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { idArg } from '../../src/cli/message-flags.ts'
import { one } from '../../src/cli/result.ts'
import { systemClock } from '../../src/kit/clock.ts'

export default class MessageDecodeId extends MqCommand {
  static override summary = 'show what a message id says by itself'
  static override description =
    'An id of a place holds the broker and the position in its commit log; an id of a sender holds its address, process and time. Nothing is asked of a server.'
  static override examples = [
    '<%= config.bin %> message decode-id 7F00000100002A9F0000000000000158',
    '<%= config.bin %> message decode-id AC11000200017A3B2C1D0A1B2C3D0001 --json'
  ]
  static override result = one('DecodedId')
  static override args = idArg
  static override flags = {}

  async run(): Promise<DecodedId> {
    const { args } = await this.parse(MessageDecodeId)
    const found = decodeId(args.id, systemClock.now())
    const likely = (kind: DecodedId['kind']): string => (found.kind === kind ? '  (most likely)' : '')
    this.log(`As the id of a place${likely('offset')}`)
    this.log(`  Broker          ${found.storeHost}`)
    this.log(`  Commit log      ${found.physicalOffset}`)
    this.log(`As the id of a sender${likely('unique')}`)
    this.log(`  Address         ${found.senderAddress}`)
    this.log(`  Process         ${found.senderPid}`)
    if (found.made !== undefined) this.log(`  Made            ${found.made}`)
    return found
  }
}
