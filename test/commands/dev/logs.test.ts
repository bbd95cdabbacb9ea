import { testLogs } from '../../support/daemon-tests.ts'

describe('mq dev logs', () => {
  testLogs({ kind: 'dev', start: dir => ['dev', '--ports', 'auto', '--data-dir', dir] })
})
