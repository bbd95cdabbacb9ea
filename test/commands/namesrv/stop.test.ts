import { testStop } from '../../support/daemon-tests.ts'

describe('mq namesrv stop', () => {
  testStop({ kind: 'namesrv', start: dir => ['namesrv', 'start', '--port', '0', '--data-dir', dir] })
})
