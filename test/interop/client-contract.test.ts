/** The whole contract of the client library, on mq and over an Apache cluster: what it promises must hold on both. Needs a JDK and Maven. */

import { type Dev, startDev } from '../../src/index.ts'
import { clientContract } from '../contract/client.ts'
import { tempDir } from '../support/temp-dir.ts'
import { startApache } from './apache/server.ts'

describe('client library on Apache', () => {
  const dir = tempDir()
  let stop: () => Promise<void> = async () => {}
  clientContract({
    open: async () => {
      const peer = await startApache(dir.path)
      stop = () => peer.stop()
      return peer.namesrv
    },
    close: async () => {
      await stop()
      dir.remove()
    },
    retryMs: 15_000,
    killed: ['concurrent', 'orderly']
  })
})

describe('client library on mq, the whole contract', () => {
  let dev: Dev
  clientContract({
    open: async () => {
      dev = await startDev({ broker: { messageDelayLevel: '1s 1s 1s 1s 1s' } })
      return dev.namesrvAddr
    },
    close: () => dev.stop(),
    retryMs: 5000,
    killed: ['concurrent', 'orderly']
  })
})
