import { testStatus } from '../../support/daemon-tests.ts'

describe('mq broker status', () => {
  testStatus({ kind: 'broker', start: dir => ['broker', 'start', '--port', '0', '--data-dir', dir] })
})
