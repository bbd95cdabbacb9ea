import { testStatus } from '../../support/daemon-tests.ts'

describe('mq dev status', () => {
  testStatus({ kind: 'dev', start: dir => ['dev', '--ports', 'auto', '--data-dir', dir] })
})
