/** What `mq dev` prints when it is ready: which client goes to which address, and what to try next. Pure. */
import { type Screen, table } from './table.ts'

export interface WelcomeAddresses {
  readonly namesrv?: string
  readonly broker?: string
  readonly http?: string
}

export const welcomeLines = (addresses: WelcomeAddresses, dataDir: string, screen: Screen): string[] => {
  const { namesrv = '', broker = '', http = '' } = addresses
  const rows = [
    ['clients (Java, Go, C++, Python …)', `NameServer ${namesrv}`],
    ['Spring Boot', `rocketmq.name-server=${namesrv}`],
    ['mqadmin of Apache', `-n ${namesrv}`],
    ['mq, on this machine', namesrv === '127.0.0.1:9876' ? 'nothing to set' : `export NAMESRV_ADDR=${namesrv}`],
    ['the broker, which clients find', broker],
    ['probes', `${http}/readyz`],
    ['Prometheus', `${http}/metrics`],
    ['data', dataDir]
  ] as const
  const columns = [
    { title: 'CLIENT', value: (row: readonly [string, string]) => row[0] },
    { title: 'ADDRESS', value: (row: readonly [string, string]) => row[1] }
  ]
  return table(rows, columns, { ...screen, width: undefined })
}

/** The commands to try; `bin` is how this `mq` is called, which in a clone is not yet on the path. */
export const nextLines = (namesrv: string, bin: string): string[] => {
  const at = namesrv === '127.0.0.1:9876' ? '' : ` -n ${namesrv}`
  return [
    'Try next, in another terminal (Ctrl-C here stops):',
    `  ${bin} topic create orders${at}`,
    `  ${bin} produce orders "hello"${at}`,
    `  ${bin} consume orders${at}`,
    `  ${bin} cluster list${at}`
  ]
}
