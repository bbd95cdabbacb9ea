/** A broker without a NameServer, with small segments, until it is killed. Tells its parent the port; logs to stderr. */

import { startBroker } from '../../src/broker/broker.ts'
import { brokerOptionRows } from '../../src/broker/options.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { processLogger } from '../../src/kit/log.ts'
import { readOptions } from '../../src/kit/options.ts'
import { smallStore } from './victim-settings.ts'

const given = JSON.parse(process.env['BROKER'] ?? '{}') as Record<string, string | number | boolean>
const settings = readOptions(brokerOptionRows, {
  flags: {
    mappedFileSizeCommitLog: smallStore.mappedFileSizeCommitLog,
    writeBufferBytes: smallStore.writeBufferBytes,
    diskSpaceFreeBytesMin: 1024 * 1024,
    diskSpaceWarningLevelRatio: 100,
    ...given
  }
})
const log = processLogger({ level: 'warn', name: 'victim' })
const broker = await startBroker(settings, { clock: systemClock, log, random: Math.random })

process.on('SIGTERM', () => {
  broker.stop().then(
    () => process.exit(0),
    () => process.exit(1)
  )
})
process.send?.({ port: broker.address.port })
// The channel must not keep the process alive, nor end it: only its parent's signal does.
process.channel?.unref()
setInterval(() => {}, 60_000)
