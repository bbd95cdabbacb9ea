import { testLogs } from '../../support/daemon-tests.ts'

describe('mq broker logs', () => {
  testLogs({ kind: 'broker', start: dir => ['broker', 'start', '--port', '0', '--data-dir', dir] })
})
