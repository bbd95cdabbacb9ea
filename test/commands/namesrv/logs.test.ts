import { testLogs } from '../../support/daemon-tests.ts'

describe('mq namesrv logs', () => {
  testLogs({ kind: 'namesrv', start: dir => ['namesrv', 'start', '--port', '0', '--data-dir', dir] })
})
