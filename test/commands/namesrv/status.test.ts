import { testStatus } from '../../support/daemon-tests.ts'

describe('mq namesrv status', () => {
  testStatus({ kind: 'namesrv', start: dir => ['namesrv', 'start', '--port', '0', '--data-dir', dir] })
})
