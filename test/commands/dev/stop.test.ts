import { testStop } from '../../support/daemon-tests.ts'

describe('mq dev stop', () => {
  testStop({ kind: 'dev', start: dir => ['dev', '--ports', 'auto', '--data-dir', dir] })
})
