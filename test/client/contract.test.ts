import { type Dev, startDev } from '../../src/index.ts'
import { clientContract } from '../contract/client.ts'

describe('client library on mq', () => {
  let dev: Dev
  clientContract({
    open: async () => {
      // The third level is that of the first retry: 10 s unless set.
      dev = await startDev({ broker: { messageDelayLevel: '1s 1s 1s 1s 1s' } })
      return dev.namesrvAddr
    },
    close: () => dev.stop(),
    retryMs: 5000,
    // The orderly one takes a minute; test/interop/client-contract.test.ts has it.
    killed: ['concurrent']
  })
})
