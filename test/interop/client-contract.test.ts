/** The contract of the client library over an Apache cluster: what it promises on mq must hold there too. Needs a JDK and Maven. */

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
    retryMs: 15_000
  })
})
