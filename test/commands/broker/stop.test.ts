import { testStop } from '../../support/daemon-tests.ts'

describe('mq broker stop', () => {
  testStop({ kind: 'broker', start: dir => ['broker', 'start', '--port', '0', '--data-dir', dir] })
})
